#!/bin/sh
# Make the environment, or add a set of pinned packages to it:
#     config/install.sh PYTHON ENVIRONMENT PINS
# While its file `half` is there, the environment is not whole: the next call makes it anew, and the
# Makefile takes no stamp in it for done.
set -eu
python=$1 environment=$2 pins=$3
half=$environment/half

# Say on one line what is missing and how it is installed on this system: of Debian's kind, of
# Fedora's, macOS, or any other.
refuse() {
    # shellcheck source=/dev/null
    system=$( (. "${OS_RELEASE:-/etc/os-release}" && echo " $ID ${ID_LIKE:-} ") 2>/dev/null || uname)
    as_root=sudo
    [ "$(id -u)" != 0 ] || as_root=
    case "$system" in
    *" debian "* | *" ubuntu "*) line="apt install $2" ;;
    *" fedora "* | *" rhel "*) line="dnf install $3" ;;
    Darwin) line="brew install python" as_root= ;;
    *) line= ;;
    esac
    [ -n "$line" ] || { echo "$1 Install $4." >&2 && exit 1; }
    echo "$1 Install it: ${as_root:+$as_root }$line" >&2
    exit 1
}

check() {
    command -v "$python" >/dev/null || refuse "There is no $python here." \
        "python3 python3-venv" "python3" "Python 3.11 or newer"
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "Dawen needs Python 3.11 or newer; $python is $version." \
            "Name another one: make PYTHON=python3.12" >&2
        exit 1
    }
    "$python" -c 'import ensurepip, venv' 2>/dev/null || refuse \
        "$python makes no environments here: it lacks the modules venv and ensurepip." \
        "python$version-venv" "python3" "them for Python $version"
    "$python" -c 'import sqlite3, ssl' 2>/dev/null || refuse \
        "$python was built without SQLite or TLS." "python3" "python3" "another Python"
}

installed() { ls "$environment"/lib*/python*/site-packages 2>/dev/null || true; }

# An interrupted pip answers as one that failed does; this shell shall know them apart.
trap 'exit 130' INT

if [ -e "$half" ] || ! "$environment/bin/python" -c '' 2>/dev/null; then
    check
    rm -rf "$environment"
    mkdir -p "$environment"
    : >"$half"
    "$python" -m venv "$environment" || {
        rm -rf "$environment"
        echo "$python could not make an environment; it says why above. Nothing was left behind." >&2
        exit 1
    }
fi
: >"$half"
before=$(installed)
echo "Installing the packages of $pins into $environment"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
    -r "$pins" || {
    # Where nothing came, as without a network, the environment is as whole as it was before.
    [ "$(installed)" != "$before" ] || rm "$half"
    echo "The packages of $pins could not be installed; pip says why above." >&2
    exit 1
}
rm "$half"
