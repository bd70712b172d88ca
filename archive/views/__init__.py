"""The public pages: one function per page. Visitors see published conferences only."""
