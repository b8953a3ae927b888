/* reach_lookup.c — the addresses of a host, found in time. */
#include "client/reach_lookup.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* What a thread of the C library reads and writes while it looks. */
struct lookup {
	struct gaicb request;
	struct addrinfo hints;
	struct reach_place place;
	char port[8];
};

static struct lookup *
make(const struct reach *reach, int family, const struct reach_place *place)
{
	struct lookup *lookup = calloc(1, sizeof(*lookup));

	if (lookup == NULL)
		return NULL;
	lookup->place = *place;
	snprintf(lookup->port, sizeof(lookup->port), "%u", place->port);
	lookup->hints = (struct addrinfo){
	    .ai_family = family,
	    .ai_socktype =
	        reach->transport == TRANSPORT_TCP ? SOCK_STREAM : SOCK_DGRAM,
	    .ai_flags = AI_NUMERICSERV,
	};
	lookup->request = (struct gaicb){
	    .ar_name = lookup->place.host,
	    .ar_service = lookup->port,
	    .ar_request = &lookup->hints,
	};
	return lookup;
}

/* The clock is asked, and not gai_suspend for what ended its wait: glibc 2.36
 * says EAI_SYSTEM after a wait in vain, not EAI_AGAIN. */
static int
await(const struct reach *reach, struct gaicb *request)
{
	const struct gaicb *const list[] = {request};
	int error;

	while ((error = gai_error(request)) == EAI_INPROGRESS) {
		int left = reach_left_ms(reach);
		struct timespec wait = {left / 1000, left % 1000 * 1000000L};

		if (left == 0)
			break;
		(void)gai_suspend(list, 1, left == -1 ? NULL : &wait);
	}
	return error;
}

int
reach_lookup(const struct reach *reach, int family,
    const struct reach_place *place, struct addrinfo **found)
{
	struct lookup *lookup = make(reach, family, place);
	struct gaicb *list[1];

	if (lookup == NULL)
		return EAI_MEMORY;
	list[0] = &lookup->request;
	int error = getaddrinfo_a(GAI_NOWAIT, list, 1, NULL);

	if (error == 0)
		error = await(reach, &lookup->request);
	/* One that is not over is its thread's, until we exit. */
	if (error == EAI_INPROGRESS)
		return error;
	*found = lookup->request.ar_result;
	free(lookup);
	return error;
}
