/* chat_edit.c — a line that is typed on a terminal. */
#include "client/chat/chat_edit.h"

#include "core/utf8.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

enum {
	HISTORY_MAX = 500, /* lines that the arrows bring back */
	PROMPT_WIDTH = 2,
};

static char *
prompt(EditLine *editor)
{
	static char text[] = "> ";

	(void)editor;
	return text;
}

/* ---------------------------------------------------------------- the keys */

/* Takes one character of UTF-8 off KEYS; 0: there is no whole one. */
static size_t
take_key(struct chat_edit *edit, wchar_t *key)
{
	struct span keys = {edit->keys, edit->key_count};

	while (keys.len > 0 && utf8_len(keys) == 0 && !utf8_is_cut(keys)) {
		keys.data++;
		keys.len--;
	}
	size_t len = keys.len == 0 ? 0 : utf8_len(keys);

	if (len > 0)
		*key = (wchar_t)utf8_code_point(keys.data, len);
	edit->key_count = keys.len - len;
	memmove(edit->keys, keys.data + len, edit->key_count);
	return len;
}

/* libedit's way to get a character: 1, or 0 when no more comes. */
static int
get_key(EditLine *editor, wchar_t *key)
{
	void *data = NULL;

	el_get(editor, EL_CLIENTDATA, &data);
	struct chat_edit *edit = data;

	edit->is_shown = true;
	while (take_key(edit, key) == 0) {
		enum chat_edit_event event = edit->await(edit->context);

		if (event == CHAT_EDIT_OVER) {
			edit->is_over = true;
			return 0;
		}
		chat_edit_restore(edit);
		if (event == CHAT_EDIT_ELSE)
			continue;
		ssize_t len = read(STDIN_FILENO, edit->keys + edit->key_count,
		    sizeof(edit->keys) - edit->key_count);

		if (len == 0 || (len == -1 && errno != EINTR))
			return 0;
		edit->key_count += len > 0 ? (size_t)len : 0;
	}
	return 1;
}

/* -------------------------------------------------------------- the screen */

static unsigned
columns(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0
	           ? size.ws_col
	           : 80;
}

/* Columns that libedit takes for C, at column AT. */
static unsigned
width_of(wchar_t c, unsigned at)
{
	enum { TAB = 8, OCTAL = 8 };
	int width = wcwidth(c);

	if (c == L'\t')
		return TAB - at % TAB;
	if (iswcntrl((wint_t)c))
		return 2;
	return width < 0 ? OCTAL : (unsigned)width;
}

/* Rows of the terminal between the line's first and its cursor. */
static unsigned
rows_above(EditLine *editor)
{
	const LineInfoW *line = el_wline(editor);
	unsigned at = PROMPT_WIDTH;

	for (const wchar_t *c = line->buffer; c < line->cursor; c++)
		at += width_of(*c, at);
	return at / columns();
}

void
chat_edit_erase(struct chat_edit *edit)
{
	if (!edit->is_shown || edit->is_erased)
		return;
	unsigned rows = rows_above(edit->editor);

	/* ECMA-48: CUU, ED. */
	if (rows > 0)
		printf("\033[%uA", rows);
	fputs("\r\033[J", stdout);
	fflush(stdout);
	edit->is_erased = true;
}

void
chat_edit_restore(struct chat_edit *edit)
{
	if (!edit->is_erased)
		return;
	edit->is_erased = false;
	el_set(edit->editor, EL_REFRESH);
}

void
chat_edit_resize(struct chat_edit *edit)
{
	chat_edit_erase(edit);
	el_resize(edit->editor);
}

void
chat_edit_stop(struct chat_edit *edit)
{
	chat_edit_erase(edit);
	el_set(edit->editor, EL_PREP_TERM, 0);
	raise(SIGSTOP);
	el_set(edit->editor, EL_PREP_TERM, 1);
}

/* ----------------------------------------------------------- begin and end */

bool
chat_edit_is_possible(void)
{
	const char *term = getenv("TERM");

	return isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 &&
	       term != NULL && *term != '\0' && strcmp(term, "dumb") != 0;
}

bool
chat_edit_open(struct chat_edit *edit,
    enum chat_edit_event (*await)(void *context), void *context)
{
	HistEvent event;

	/* What goes over the wire is UTF-8, whatever the user's locale. */
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		(void)setlocale(LC_CTYPE, "C.UTF-8");
	*edit = (struct chat_edit){.await = await, .context = context};
	edit->editor = el_init("netlab", stdin, stdout, stderr);
	edit->history = history_init();
	if (edit->editor == NULL || edit->history == NULL) {
		chat_edit_close(edit);
		return false;
	}
	history(edit->history, &event, H_SETSIZE, HISTORY_MAX);
	history(edit->history, &event, H_SETUNIQUE, 1);
	el_set(edit->editor, EL_CLIENTDATA, edit);
	el_set(edit->editor, EL_PROMPT, prompt);
	el_set(edit->editor, EL_EDITOR, "emacs");
	el_set(edit->editor, EL_HIST, history, edit->history);
	el_set(edit->editor, EL_SIGNAL, 0);
	/* ~/.editrc, if there is one. */
	(void)el_source(edit->editor, NULL);
	el_set(edit->editor, EL_GETCFN, get_key);
	return true;
}

bool
chat_edit_read(struct chat_edit *edit, struct span *line)
{
	HistEvent event;
	int count = 0;
	const char *text = el_gets(edit->editor, &count);

	if (text == NULL || count <= 0) {
		chat_edit_erase(edit);
		edit->is_shown = edit->is_erased = false;
		return false;
	}
	edit->is_shown = edit->is_erased = false;
	*line = (struct span){(const uint8_t *)text, (size_t)count};
	while (line->len > 0 && (line->data[line->len - 1] == '\n' ||
	                            line->data[line->len - 1] == '\r'))
		line->len--;
	if (line->len > 0)
		history(edit->history, &event, H_ENTER, text);
	return true;
}

void
chat_edit_close(struct chat_edit *edit)
{
	if (edit->editor != NULL)
		el_end(edit->editor);
	if (edit->history != NULL)
		history_end(edit->history);
	edit->editor = NULL;
	edit->history = NULL;
}
