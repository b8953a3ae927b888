/* status_watch.c — looks at the daemon, one or many. */
#include "client/status/status_watch.h"

#include "client/complain.h"
#include "client/member.h"
#include "client/screen.h"
#include "client/status/status_ask.h"
#include "client/status/status_json.h"
#include "client/status/status_table.h"
#include "client/verb.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* A look: the text, and what it says. */
struct look {
	char *text; /* NULL: there was no answer */
	struct status_text status;
};

struct watch {
	const struct options *options;
	const char *pidfile;
	struct screen screen;
	struct look looks[2]; /* the last that had an answer, and the one
	                         before that, in turns */
	unsigned current;
	bool clears; /* the terminal, before each look */
};

/* NULL: complained. */
static struct watch *
begin(const struct options *options, const char *pidfile)
{
	struct watch *watch = calloc(1, sizeof(*watch));

	if (watch == NULL) {
		complain(VERB_MALFORMED, "no memory");
		return NULL;
	}
	watch->options = options;
	watch->pidfile = pidfile;
	screen_open(&watch->screen, options);
	return watch;
}

static int
end(struct watch *watch, int status)
{
	free(watch->looks[0].text);
	free(watch->looks[1].text);
	free(watch);
	return status;
}

/* The next look. false: ASK says why, and the current one stays. */
static bool
take(struct watch *watch, struct status_ask *ask)
{
	size_t len;
	struct look *look = &watch->looks[watch->current ^ 1];

	free(look->text);
	look->text =
	    status_ask(watch->pidfile, watch->options->timeout_ms, &len, ask);
	if (look->text == NULL)
		return false;
	if (status_text_read((struct span){(const uint8_t *)look->text, len},
	        &look->status)) {
		watch->current ^= 1;
		return true;
	}
	free(look->text);
	look->text = NULL;
	ask->status = VERB_MALFORMED;
	snprintf(ask->why, sizeof(ask->why), "the answer is malformed (%s)",
	    watch->pidfile);
	return false;
}

static int
show(const struct watch *watch)
{
	const struct look *now = &watch->looks[watch->current];
	const struct look *before = &watch->looks[watch->current ^ 1];
	struct status_view view;

	status_view_make(
	    &view, &now->status, before->text == NULL ? NULL : &before->status);
	if (watch->options->is_json)
		return member_print(status_json(&view));
	status_table(&watch->screen, &view);
	return VERB_GOOD;
}

int
status_watch_once(const struct options *options, const char *pidfile)
{
	struct watch *watch = begin(options, pidfile);
	struct status_ask ask;

	if (watch == NULL)
		return VERB_MALFORMED;
	return end(watch, take(watch, &ask)
	                      ? show(watch)
	                      : complain(ask.status, "%s", ask.why));
}

/* ------------------------------------------------------------ again and again
 */

/* While it is away: a look as well. */
static int
show_away(const struct watch *watch, const struct status_ask *ask)
{
	if (!watch->options->is_json) {
		screen_print(&watch->screen, STYLE_BAD, "* ");
		/* With words of the daemon, whoever that is. */
		screen_bytes(&watch->screen, STYLE_BAD, span_of(ask->why));
		fputc('\n', watch->screen.out);
		return VERB_GOOD;
	}
	json_t *object = json_object();

	member_text(object, "state", "away");
	member_text(object, "why", ask->why);
	return member_print(object);
}

/* Lines of the terminal; 0: it is none, or does not say. */
static unsigned
find_height(const struct watch *watch)
{
	struct winsize size;

	if (!watch->clears || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == -1)
		return 0;
	return size.ws_row;
}

/* How much of TEXT fits in HEIGHT lines, the cursor's own one included. */
static size_t
fit(const char *text, size_t len, unsigned height)
{
	const char *at = text;

	for (unsigned i = 1; height != 0 && i < height; i++) {
		const char *end_of_line =
		    memchr(at, '\n', len - (size_t)(at - text));

		if (end_of_line == NULL)
			return len;
		at = end_of_line + 1;
	}
	return height == 0 ? len : (size_t)(at - text);
}

/* TEXT in one go, so that nobody sees half of it. */
static bool
put(const struct watch *watch, const char *text, size_t len, bool is_first)
{
	if (watch->clears)
		fputs("\033[H\033[2J", stdout);
	else if (!is_first && !watch->options->is_json)
		putchar('\n');
	fwrite(text, 1, fit(text, len, find_height(watch)), stdout);
	return fflush(stdout) == 0;
}

/* A look, made ready in memory and then printed. */
static int
look(struct watch *watch, const struct status_ask *ask, bool is_first)
{
	char *text = NULL;
	size_t len = 0;
	int status;

	if (watch->options->is_json)
		return ask->status == VERB_GOOD ? show(watch)
		                                : show_away(watch, ask);
	watch->screen.out = open_memstream(&text, &len);
	if (watch->screen.out == NULL)
		return complain(VERB_MALFORMED, "no memory");
	status = ask->status == VERB_GOOD ? show(watch) : show_away(watch, ask);
	if (fclose(watch->screen.out) != 0)
		status = complain(VERB_MALFORMED, "no memory");
	else if (!put(watch, text, len, is_first))
		status = complain(
		    VERB_MALFORMED, "standard output: cannot be written");
	free(text);
	return status;
}

/* What is printed leaves in whole looks, and a terminal is as it was. */
static void
on_interrupt(int number)
{
	(void)number;
	_exit(VERB_GOOD);
}

static void
set_up(struct watch *watch)
{
	struct sigaction action = {.sa_handler = on_interrupt};
	const char *term = getenv("TERM");

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	watch->clears = watch->screen.is_terminal && !watch->options->is_json &&
	                term != NULL && strcmp(term, "dumb") != 0;
}

static void
wait_for(int ms)
{
	struct timespec left = {ms / 1000, ms % 1000 * 1000000L};

	while (nanosleep(&left, &left) == -1 && errno == EINTR)
		continue;
}

int
status_watch(const struct options *options, const char *pidfile)
{
	struct watch *watch = begin(options, pidfile);
	struct status_ask ask;

	if (watch == NULL)
		return VERB_MALFORMED;
	if (!take(watch, &ask))
		return end(watch, complain(ask.status, "%s", ask.why));
	set_up(watch);
	for (uint64_t count = 1;; count++) {
		int status = look(watch, &ask, count == 1);

		if (status != VERB_GOOD || count == options->count)
			return end(
			    watch, status != VERB_GOOD ? status : ask.status);
		wait_for(options->watch_ms);
		take(watch, &ask);
	}
}
