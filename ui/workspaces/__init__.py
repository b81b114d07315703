"""One file per workspace: a page's worth of screen, built inside `ui.app.build`."""
