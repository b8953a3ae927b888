/* screen.c — where results go: standard output, in colour or not. */
#include "client/screen.h"

#include "client/plain.h"
#include "core/utf8.h"

#include <langinfo.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

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
	screen->is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
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

/* What TEXT (not empty, harmless) begins with, in LEN bytes, as the locale has
 * it: the same, or ASCII for the signs of our own. */
static struct span
next(const struct screen *screen, struct span text, size_t *len)
{
	static const struct {
		const char *sign, *ascii;
	} signs[] = {{"→", "->"}, {"·", "|"}, {"…", "..."}, {"§", "s."},
	    {"×", "x"}, {"±", "+-"}, {"µ", "u"}, {"−", "-"}, {"–", "-"},
	    {"≈", "~"}};

	*len = utf8_len(text);
	*len = *len == 0 ? 1 : *len;
	for (size_t i = 0;
	     !screen->is_utf8 && i < sizeof(signs) / sizeof(signs[0]); i++)
		if (strlen(signs[i].sign) == *len &&
		    memcmp(text.data, signs[i].sign, *len) == 0)
			return span_of(signs[i].ascii);
	return (struct span){text.data, *len};
}

static unsigned
columns_of(const struct screen *screen, struct span character)
{
	if (*character.data < 0x80)
		return (unsigned)character.len;
	if (!screen->is_utf8)
		return PLAIN_MAX * (unsigned)character.len;
	int width =
	    wcwidth((wchar_t)utf8_code_point(character.data, character.len));

	return width < 0 ? 1 : (unsigned)width;
}

/* Writes TEXT, which is harmless. */
static void
write_text(const struct screen *screen, struct span text)
{
	size_t len;

	if (screen->is_utf8) {
		fwrite(text.data, 1, text.len, screen->out);
		return;
	}
	for (; text.len > 0; text.data += len, text.len -= len) {
		struct span character = next(screen, text, &len);

		if (*character.data < 0x80)
			fwrite(character.data, 1, character.len, screen->out);
		else
			for (size_t i = 0; i < character.len; i++)
				fprintf(
				    screen->out, "\\x%02x", character.data[i]);
	}
}

unsigned
screen_columns(const struct screen *screen, struct span text)
{
	unsigned columns = 0;
	size_t len;

	for (; text.len > 0; text.data += len, text.len -= len)
		columns += columns_of(screen, next(screen, text, &len));
	return columns;
}

size_t
screen_fit(const struct screen *screen, struct span text, unsigned columns)
{
	const uint8_t *begin = text.data;
	size_t len;

	for (; text.len > 0; text.data += len, text.len -= len) {
		unsigned width = columns_of(screen, next(screen, text, &len));

		if (width > columns)
			break;
		columns -= width;
	}
	return (size_t)(text.data - begin);
}

void
screen_blanks(const struct screen *screen, unsigned count)
{
	fprintf(screen->out, "%*s", (int)count, "");
}

void
screen_print(
    const struct screen *screen, enum style style, const char *format, ...)
{
	va_list args;
	char *text = NULL;

	va_start(args, format);
	int len = vasprintf(&text, format, args);

	va_end(args);
	if (len == -1)
		return;
	fputs(screen_begin(screen, style), screen->out);
	write_text(screen, (struct span){(uint8_t *)text, (size_t)len});
	fputs(screen_end(screen, style), screen->out);
	free(text);
}

void
screen_bytes(const struct screen *screen, enum style style, struct span bytes)
{
	uint8_t piece[PLAIN_MAX * UTF8_MAX];
	size_t len;

	fputs(screen_begin(screen, style), screen->out);
	for (; bytes.len > 0; bytes.data += len, bytes.len -= len) {
		len = utf8_len(bytes);
		len = len == 0 ? 1 : len;
		size_t made = plain_text((struct span){bytes.data, len},
		    (struct space){piece, sizeof(piece)});

		write_text(screen, (struct span){piece, made});
	}
	fputs(screen_end(screen, style), screen->out);
}
