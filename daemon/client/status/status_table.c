/* status_table.c — the daemon's status for people. */
#include "client/status/status_table.h"

#include "client/status/status_unit.h"

#include <inttypes.h>

enum {
	SERVICE_WIDTH = 9,
	COUNT_WIDTH = 12,
	WORKER_WIDTH = 8,
	STATE_WIDTH = 9,
	PID_WIDTH = 8,
	UPTIME_WIDTH = 9,
	RESTARTS_WIDTH = 10,
	INDENT = 2,
	GAP = 2,
};

/* TEXT in a column of WIDTH: to the left, or to the right where WIDTH is below
 * 0. Spaces are in no style: it may underline. */
static void
cell(const struct screen *screen, enum style style, int width, struct span text)
{
	int len = (int)text.len, room = width < 0 ? -width : width;
	int pad = len < room ? room - len : 0;

	if (width < 0)
		fprintf(screen->out, "%*s", pad, "");
	screen_bytes(screen, style, text);
	if (width > 0)
		fprintf(screen->out, "%*s", pad, "");
}

static void
word(const struct screen *screen, enum style style, int width, const char *text)
{
	cell(screen, style, width, span_of(text));
}

static void
end_line(const struct screen *screen)
{
	fputc('\n', screen->out);
}

static void
gap(const struct screen *screen)
{
	fprintf(screen->out, "%*s", GAP, "");
}

/* ------------------------------------------------------------------- head */

static enum style
style_of_state(struct span state)
{
	if (status_text_is(state, "running"))
		return STYLE_COUNT;
	return status_text_is(state, "draining") ? STYLE_NOTE : STYLE_FLAGS;
}

static void
print_reload(const struct screen *screen, const struct status_text *now)
{
	char ago[STATUS_UNIT_MAX];
	bool is_done = status_text_is(now->reload_outcome, "done");

	screen_bytes(
	    screen, is_done ? STYLE_PLAIN : STYLE_BAD, now->reload_text);
	fprintf(screen->out, ", %s ago\n",
	    status_unit_duration(now->reload_ago_ms, ago));
}

/* "workers: http 2/2, dns 1/2" */
static void
print_roles(const struct screen *screen, const struct status_text *now)
{
	fputs("workers:", screen->out);
	for (size_t i = 0; i < now->role_count; i++) {
		const struct status_text_role *role = &now->roles[i];
		bool is_whole = role->running >= role->workers;

		fputs(i == 0 ? " " : ", ", screen->out);
		screen_bytes(screen, STYLE_NAME, role->name);
		fputc(' ', screen->out);
		screen_print(screen, is_whole ? STYLE_COUNT : STYLE_BAD,
		    "%" PRIu64 "/%" PRIu64, role->running, role->workers);
	}
	end_line(screen);
}

static void
print_head(const struct screen *screen, const struct status_view *view)
{
	const struct status_text *now = view->now;
	char uptime[STATUS_UNIT_MAX];

	fputs("netlabd ", screen->out);
	screen_bytes(screen, STYLE_PLAIN, now->version);
	fputs(" is ", screen->out);
	screen_bytes(screen, style_of_state(now->state), now->state);
	fprintf(screen->out, ": pid %" PRIu64 ", up %s, generation %" PRIu64,
	    now->pid, status_unit_duration(now->uptime_ms, uptime),
	    now->generation);
	end_line(screen);
	screen_bytes(screen, STYLE_PLAIN, now->file);
	end_line(screen);
	if (now->broken.len > 0) {
		fputs("broken: ", screen->out);
		screen_bytes(screen, STYLE_BAD, now->broken);
		end_line(screen);
	}
	if (now->has_reload)
		print_reload(screen, now);
	print_roles(screen, now);
	if (view->event[0] != '\0') {
		screen_print(screen, STYLE_FLAGS, "* %s", view->event);
		end_line(screen);
	}
}

/* --------------------------------------------------------------- services */

/* Where the counters of a service are: items "name 12 (3.4/s)", as many in a
 * line as fit. */
struct items {
	const struct screen *screen;
	unsigned column; /* 0: none yet */
};

static void
print_item(
    struct items *items, struct span name, uint64_t count, const char *rate)
{
	char text[STATUS_UNIT_MAX];
	const char *number = status_unit_count(count, text);
	unsigned len = (unsigned)(name.len + 1 + strlen(number) + strlen(rate));
	FILE *out = items->screen->out;

	if (items->column == 0) {
		items->column = (unsigned)fprintf(out, "%*s", INDENT, "") + len;
	} else if (items->column + 2 + len + 1 > items->screen->width) {
		fprintf(out, ",\n%*s", INDENT, "");
		items->column = INDENT + len;
	} else {
		fputs(", ", out);
		items->column += 2 + len;
	}
	screen_bytes(items->screen, STYLE_NAME, name);
	fputc(' ', out);
	screen_print(items->screen, STYLE_DATA, "%s", number);
	fputs(rate, out);
}

/* What is zero is left out. */
static void
print_counters(const struct screen *screen, const struct status_view *view,
    const struct status_text_service *service)
{
	const struct status_text_service *past =
	    status_view_before(view, service);
	struct items items = {.screen = screen};

	for (size_t i = 0; i < service->counter_count; i++) {
		const struct status_text_counter *one = &service->counters[i];
		double rate = status_view_counter_rate(view, past, one);
		char text[STATUS_UNIT_MAX], shown[STATUS_UNIT_MAX + 6] = "";

		if (one->count == 0)
			continue;
		if (rate > 0)
			snprintf(shown, sizeof(shown), " (%s/s)",
			    status_unit_rate(rate, text));
		print_item(&items, one->name, one->count, shown);
	}
	if (items.column > 0)
		end_line(screen);
}

static void
print_count(const struct screen *screen, uint64_t count, enum style style)
{
	char text[STATUS_UNIT_MAX];

	word(screen, count == 0 ? STYLE_PLAIN : style, -COUNT_WIDTH,
	    status_unit_count(count, text));
}

static void
print_service(const struct screen *screen, const struct status_view *view,
    const struct status_text_service *service)
{
	const struct status_text_service *past =
	    status_view_before(view, service);
	char text[STATUS_UNIT_MAX];

	cell(screen, STYLE_NAME, SERVICE_WIDTH, service->name);
	print_count(screen, service->received, STYLE_DATA);
	print_count(screen, service->sent, STYLE_DATA);
	print_count(screen, service->send_errors, STYLE_BAD);
	print_count(screen, service->connections, STYLE_DATA);
	if (past != NULL)
		word(screen, STYLE_COUNT, -COUNT_WIDTH,
		    status_unit_rate(status_view_rate(view, past->received,
		                         service->received),
		        text));
	end_line(screen);
	print_counters(screen, view, service);
}

static void
print_services(const struct screen *screen, const struct status_view *view)
{
	static const char *const titles[] = {
	    "RECEIVED",
	    "SENT",
	    "SEND ERRORS",
	    "CONNECTIONS",
	    "RECEIVED/S",
	};
	size_t count = sizeof(titles) / sizeof(titles[0]);

	end_line(screen);
	word(screen, STYLE_TITLE, SERVICE_WIDTH, "SERVICE");
	for (size_t i = 0; i < count - (view->before == NULL); i++)
		word(screen, STYLE_TITLE, -COUNT_WIDTH, titles[i]);
	end_line(screen);
	for (size_t i = 0; i < view->now->service_count; i++)
		print_service(screen, view, &view->now->services[i]);
}

/* ---------------------------------------------------------------- workers */

/* What there is to say of a worker that does not simply run. */
static void
print_notes(const struct screen *screen, const struct status_text *now,
    const struct status_text_worker *worker)
{
	const char *between = "  ";
	char text[STATUS_UNIT_MAX];

	if (worker->has_next) {
		screen_print(screen, STYLE_NOTE, "%snext in %s", between,
		    status_unit_duration(worker->next_ms, text));
		between = ", ";
	}
	if (worker->is_lent) {
		screen_print(screen, STYLE_NOTE, "%slent to %" PRIu64, between,
		    worker->lent_to);
		between = ", ";
	}
	if (worker->hangs > 0) {
		screen_print(screen, STYLE_BAD, "%shangs: %s", between,
		    status_unit_count(worker->hangs, text));
		between = ", ";
	}
	if (worker->generation != now->generation)
		screen_print(screen, STYLE_NOTE, "%sgen. %" PRIu64, between,
		    worker->generation);
}

static void
print_number(const struct screen *screen, enum style style, int width,
    bool is_there, uint64_t number)
{
	char text[STATUS_UNIT_MAX];

	word(screen, style, width,
	    is_there ? status_unit_count(number, text) : "-");
}

static void
print_worker(const struct screen *screen, const struct status_text *now,
    const struct status_text_worker *worker)
{
	char text[STATUS_UNIT_MAX];
	int left = WORKER_WIDTH - (int)worker->role.len;

	snprintf(text, sizeof(text), " %" PRIu64, worker->slot);
	screen_bytes(screen, STYLE_NAME, worker->role);
	word(screen, STYLE_PLAIN, left > 0 ? left : 0, text);
	fputc(' ', screen->out);
	cell(screen, style_of_state(worker->state), STATE_WIDTH, worker->state);
	print_number(
	    screen, STYLE_PLAIN, -PID_WIDTH, worker->has_pid, worker->pid);
	word(screen, STYLE_PLAIN, -UPTIME_WIDTH,
	    worker->has_pid ? status_unit_duration(worker->uptime_ms, text)
	                    : "-");
	print_number(screen, worker->restarts > 0 ? STYLE_BAD : STYLE_PLAIN,
	    -RESTARTS_WIDTH, true, worker->restarts);
	print_notes(screen, now, worker);
	end_line(screen);
}

static void
print_workers(const struct screen *screen, const struct status_text *now)
{
	end_line(screen);
	word(screen, STYLE_TITLE, WORKER_WIDTH + 1, "WORKER");
	word(screen, STYLE_TITLE, STATE_WIDTH, "STATE");
	word(screen, STYLE_TITLE, -PID_WIDTH, "PID");
	word(screen, STYLE_TITLE, -UPTIME_WIDTH, "UPTIME");
	word(screen, STYLE_TITLE, -RESTARTS_WIDTH, "RESTARTS");
	end_line(screen);
	for (size_t i = 0; i < now->worker_count; i++)
		print_worker(screen, now, &now->workers[i]);
}

/* -------------------------------------------------------------- listeners */

static int
widest_addr(const struct status_text *now)
{
	size_t width = strlen("LISTENER") - strlen("udp ");

	for (size_t i = 0; i < now->listener_count; i++)
		if (now->listeners[i].addr.len > width)
			width = now->listeners[i].addr.len;
	return (int)width;
}

static void
print_listener(const struct screen *screen, int width,
    const struct status_text_listener *one)
{
	screen_bytes(screen, STYLE_TYPE, one->transport);
	fputc(' ', screen->out);
	cell(screen, STYLE_DATA, width, one->addr);
	gap(screen);
	cell(screen, STYLE_NAME, SERVICE_WIDTH, one->service);
	screen_bytes(screen, STYLE_NAME, one->role);
	fprintf(screen->out, " %" PRIu64, one->first);
	if (one->last != one->first)
		fprintf(screen->out, "-%" PRIu64, one->last);
	if (one->is_proxied != 0) {
		gap(screen);
		screen_print(screen, STYLE_NOTE, "proxied");
	}
	end_line(screen);
}

static void
print_listeners(const struct screen *screen, const struct status_text *now)
{
	int width = widest_addr(now);

	end_line(screen);
	word(screen, STYLE_TITLE, (int)strlen("udp ") + width, "LISTENER");
	gap(screen);
	word(screen, STYLE_TITLE, SERVICE_WIDTH, "SERVICE");
	word(screen, STYLE_TITLE, 0, "WORKERS");
	end_line(screen);
	for (size_t i = 0; i < now->listener_count; i++)
		print_listener(screen, width, &now->listeners[i]);
}

void
status_table(const struct screen *screen, const struct status_view *view)
{
	print_head(screen, view);
	print_services(screen, view);
	print_workers(screen, view->now);
	print_listeners(screen, view->now);
}
