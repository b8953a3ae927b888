/* screen.c — where results go: standard output, in colour or not. */
#include "client/screen.h"

#include "client/plain.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* ECMA-48 SGR; the palette of netlab(1). Of the 16 colours that every terminal
 * has, and that its user has chosen. */
static const char *const begins[STYLE_COUNT_OF] = {
    [STYLE_PLAIN] = "",
    [STYLE_ID] = "\033[36m",
    [STYLE_FLAGS] = "\033[33m",
    [STYLE_COUNT] = "\033[32m",
    [STYLE_NAME] = "\033[94m",
    [STYLE_TYPE] = "\033[35m",
    [STYLE_TTL] = "\033[31m",
    [STYLE_LENGTH] = "\033[2m",
    [STYLE_DATA] = "\033[1m",
    [STYLE_POINTER] = "\033[4m",
    [STYLE_BAD] = "\033[7;31m",
    [STYLE_TITLE] = "\033[1;4m",
    [STYLE_NOTE] = "\033[2m",
};

static bool
is_set(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && *value != '\0';
}

static bool
wants_color(const struct options *options, bool is_terminal)
{
	const char *term = getenv("TERM"), *force = getenv("CLICOLOR_FORCE");

	if (options->color != OPTIONS_COLOR_AUTO)
		return options->color == OPTIONS_COLOR_ALWAYS;
	if (is_set("NO_COLOR") || (term != NULL && strcmp(term, "dumb") == 0))
		return false;
	if (is_set("CLICOLOR_FORCE") && strcmp(force, "0") != 0)
		return true;
	return is_terminal && term != NULL;
}

static unsigned
find_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	unsigned long width = SCREEN_WIDTH;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		width = size.ws_col;
	else if (columns != NULL && strtoul(columns, NULL, 10) > 0)
		width = strtoul(columns, NULL, 10);
	return width < 40 ? 40 : width > 500 ? 500 : (unsigned)width;
}

void
screen_open(struct screen *screen, const struct options *options)
{
	screen->out = stdout;
	screen->is_terminal = isatty(STDOUT_FILENO) == 1;
	screen->has_color = wants_color(options, screen->is_terminal);
	screen->width = find_width();
}

const char *
screen_begin(const struct screen *screen, enum style style)
{
	return screen->has_color ? begins[style] : "";
}

const char *
screen_end(const struct screen *screen, enum style style)
{
	return screen->has_color && style != STYLE_PLAIN ? "\033[0m" : "";
}

void
screen_print(
    const struct screen *screen, enum style style, const char *format, ...)
{
	va_list args;

	fputs(screen_begin(screen, style), screen->out);
	va_start(args, format);
	vfprintf(screen->out, format, args);
	va_end(args);
	fputs(screen_end(screen, style), screen->out);
}

void
screen_bytes(const struct screen *screen, enum style style, struct span bytes)
{
	fputs(screen_begin(screen, style), screen->out);
	plain_write(screen->out, bytes);
	fputs(screen_end(screen, style), screen->out);
}
