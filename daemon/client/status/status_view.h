/* status_view.h — one look at the daemon, beside the one before it. Pure. */
#ifndef NETLAB_CLIENT_STATUS_STATUS_VIEW_H
#define NETLAB_CLIENT_STATUS_STATUS_VIEW_H

#include "client/status/status_text.h"

enum { STATUS_VIEW_EVENT_MAX = 96 };

struct status_view {
	const struct status_text *now;
	const struct status_text *before;  /* of the same process, and earlier;
	                                      NULL: there is none, so no rates */
	char event[STATUS_VIEW_EVENT_MAX]; /* what has happened since; "" */
};

/* Puts VIEW together of both texts, which it borrows; BEFORE may be NULL. */
void status_view_make(struct status_view *view, const struct status_text *now,
    const struct status_text *before);

/* What SERVICE, of VIEW's now, was before; NULL: not there, or no rates. */
const struct status_text_service *status_view_before(
    const struct status_view *view, const struct status_text_service *service);

/* How much a counter has grown a second; VIEW has a BEFORE. */
double status_view_rate(
    const struct status_view *view, uint64_t before, uint64_t now);

/* The same of COUNTER, one of a service that was PAST; 0 without one. */
double status_view_counter_rate(const struct status_view *view,
    const struct status_text_service *past,
    const struct status_text_counter *counter);

#endif
