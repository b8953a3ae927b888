/* status_view.c — one look at the daemon, beside the one before it. */
#include "client/status/status_view.h"

#include <inttypes.h>
#include <stdio.h>

static void
tell_event(struct status_view *view, const struct status_text *before)
{
	const struct status_text *now = view->now;

	if (before->pid != now->pid)
		snprintf(view->event, sizeof(view->event),
		    "restarted: pid %" PRIu64 ", now %" PRIu64, before->pid,
		    now->pid);
	else if (before->generation != now->generation)
		snprintf(view->event, sizeof(view->event),
		    "reloaded: generation %" PRIu64 ", now %" PRIu64,
		    before->generation, now->generation);
}

void
status_view_make(struct status_view *view, const struct status_text *now,
    const struct status_text *before)
{
	*view = (struct status_view){.now = now};
	if (before == NULL)
		return;
	tell_event(view, before);
	if (before->pid == now->pid && before->now_ms < now->now_ms)
		view->before = before;
}

const struct status_text_service *
status_view_before(
    const struct status_view *view, const struct status_text_service *service)
{
	if (view->before == NULL)
		return NULL;
	return status_text_service(view->before, service->name);
}

double
status_view_rate(const struct status_view *view, uint64_t before, uint64_t now)
{
	uint64_t passed_ms = view->now->now_ms - view->before->now_ms;

	return now <= before
	           ? 0
	           : (double)(now - before) * 1000 / (double)passed_ms;
}

double
status_view_counter_rate(const struct status_view *view,
    const struct status_text_service *past,
    const struct status_text_counter *counter)
{
	if (past == NULL)
		return 0;
	return status_view_rate(view,
	    status_text_count(past, counter->kind, counter->name),
	    counter->count);
}
