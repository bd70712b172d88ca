"""Han characters, the letters of Chinese: what a regular expression's class has inside. Pure."""

# With 々 and 〇, all extensions and the compatibility forms; kana and hangul are others.
HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
