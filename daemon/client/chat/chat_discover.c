/* chat_discover.c — who listens on the networks around. */
#include "client/chat/chat_discover.h"

#include "client/chat/chat_beacon.h"
#include "client/chat/chat_multicast.h"
#include "client/complain.h"
#include "client/member.h"
#include "client/reach.h"
#include "client/screen.h"
#include "client/verb.h"

#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUESTIONS = 4 }; /* in even parts of the time: datagrams get lost */

struct listener {
	struct chat_beacon beacon;
	struct addr addr; /* with the beacon's port */
};

struct discovery {
	const struct options *options;
	struct span wanted; /* a name; empty: all */
	struct chat_multicast multicast;
	size_t count;
	struct listener found[CHAT_DISCOVER_MAX];
};

/* ------------------------------------------------------------------- hearing
 */

static bool
is_wanted(const struct discovery *discovery, const struct chat_beacon *beacon)
{
	enum options_transport only = discovery->options->transport;

	if (only != OPTIONS_ANY_TRANSPORT &&
	    (only == OPTIONS_BY_UDP) != (beacon->transport == TRANSPORT_UDP))
		return false;
	return discovery->wanted.len == 0 ||
	       chat_name_is_equal(discovery->wanted,
	           (struct span){beacon->name, beacon->name_len});
}

static void
set_port(struct addr *addr, uint16_t port)
{
	if (addr->any.sa_family == AF_INET6)
		addr->in6.sin6_port = htons(port);
	else
		addr->in4.sin_port = htons(port);
}

/* The one that BEACON is of; NULL: it is new. */
static struct listener *
find(struct discovery *discovery, const struct chat_beacon *beacon)
{
	for (size_t i = 0; i < discovery->count; i++)
		if (discovery->found[i].beacon.id == beacon->id)
			return &discovery->found[i];
	return NULL;
}

/* BYTES have come from PEER. */
static void
hear(struct discovery *discovery, struct span bytes, const struct addr *peer)
{
	struct chat_beacon beacon;

	if (!chat_beacon_read(bytes, &beacon) ||
	    beacon.kind == CHAT_BEACON_QUESTION ||
	    !is_wanted(discovery, &beacon))
		return;
	struct listener *one = find(discovery, &beacon);

	if (beacon.kind == CHAT_BEACON_GONE) {
		if (one != NULL)
			*one = discovery->found[--discovery->count];
		return;
	}
	/* It is heard by each address of it: the shortest is kept. */
	if (one != NULL && (one->addr.any.sa_family == AF_INET ||
	                       peer->any.sa_family == AF_INET6))
		return;
	if (one == NULL && discovery->count == CHAT_DISCOVER_MAX)
		return;
	if (one == NULL)
		one = &discovery->found[discovery->count++];
	*one = (struct listener){.beacon = beacon, .addr = *peer};
	set_port(&one->addr, beacon.port);
}

/* Hears until UNTIL_MS, or until the one that is wanted was found. */
static void
listen_until(struct discovery *discovery, int64_t until_ms)
{
	struct pollfd fds[CHAT_MULTICAST_FDS_MAX];
	uint8_t bytes[CHAT_BEACON_MAX];
	struct addr peer;
	size_t len;

	for (;;) {
		int64_t left = until_ms - reach_now_ms();

		if (left <= 0 ||
		    (discovery->wanted.len > 0 && discovery->count > 0))
			return;
		unsigned count =
		    chat_multicast_watch(&discovery->multicast, fds);

		(void)poll(fds, count, (int)left);
		if (chat_multicast_receive(&discovery->multicast,
		        (struct space){bytes, sizeof(bytes)}, &len, &peer))
			hear(discovery, (struct span){bytes, len}, &peer);
	}
}

static int
compare(const void *a, const void *b)
{
	const struct chat_beacon *one = &((const struct listener *)a)->beacon;
	const struct chat_beacon *other = &((const struct listener *)b)->beacon;
	size_t len =
	    one->name_len < other->name_len ? one->name_len : other->name_len;
	int order = memcmp(one->name, other->name, len);

	if (order == 0)
		order = (one->name_len > other->name_len) -
		        (one->name_len < other->name_len);
	return order != 0 ? order
	                  : (one->id > other->id) - (one->id < other->id);
}

static int
discover(struct discovery *discovery)
{
	const struct options *options = discovery->options;
	uint8_t question[CHAT_BEACON_MAX];
	struct chat_beacon beacon = {.kind = CHAT_BEACON_QUESTION};
	size_t len = chat_beacon_write(&beacon, question);
	int64_t begin_ms = reach_now_ms();
	int64_t timeout_ms = options_has(options, OPTIONS_TIMEOUT)
	                         ? options->timeout_ms
	                         : CHAT_DISCOVER_MS;
	int result = chat_multicast_open(&discovery->multicast, options);

	if (result != VERB_GOOD)
		return result;
	for (unsigned i = 0; i < QUESTIONS; i++) {
		chat_multicast_send(
		    &discovery->multicast, (struct span){question, len});
		listen_until(
		    discovery, begin_ms + timeout_ms * (i + 1) / QUESTIONS);
	}
	chat_multicast_close(&discovery->multicast);
	qsort(discovery->found, discovery->count, sizeof(discovery->found[0]),
	    compare);
	return VERB_GOOD;
}

/* ------------------------------------------------------------------ printing
 */

/* The address of ONE as getaddrinfo(3) takes it: RFC 4007 §11 has what follows
 * that of a link. */
static const char *
write_host(const struct listener *one, char text[ADDR_TEXT_MAX])
{
	char name[IF_NAMESIZE];

	addr_format_host(&one->addr, text);
	if (one->addr.any.sa_family == AF_INET6 &&
	    one->addr.in6.sin6_scope_id != 0 &&
	    if_indextoname(one->addr.in6.sin6_scope_id, name) != NULL) {
		size_t len = strlen(text);

		snprintf(text + len, ADDR_TEXT_MAX - len, "%%%s", name);
	}
	return text;
}

static const char *
write_place(const struct listener *one, char text[ADDR_TEXT_MAX])
{
	char host[ADDR_TEXT_MAX];
	bool has_brackets = one->addr.any.sa_family == AF_INET6;

	write_host(one, host);
	/* Room for all: a host is 46 + 1 + 16 bytes at most. */
	snprintf(text, ADDR_TEXT_MAX, "%s%.64s%s:%u", has_brackets ? "[" : "",
	    host, has_brackets ? "]" : "", one->beacon.port);
	return text;
}

static const char *
transport_name(const struct listener *one)
{
	return one->beacon.transport == TRANSPORT_TCP ? "tcp" : "udp";
}

static int
print_json(const struct listener *one)
{
	char text[ADDR_TEXT_MAX];
	json_t *object = json_object();

	member_bytes(object, "name",
	    (struct span){one->beacon.name, one->beacon.name_len});
	member_text(object, "address", write_host(one, text));
	member_number(object, "port", one->beacon.port);
	member_text(object, "transport", transport_name(one));
	return member_print(object);
}

static void
print_line(
    const struct screen *screen, const struct listener *one, size_t width)
{
	char text[ADDR_TEXT_MAX];

	screen_print(screen, STYLE_TYPE, "%s", transport_name(one));
	fprintf(
	    screen->out, "  %-*s  ", (int)width, addr_format(&one->addr, text));
	screen_bytes(screen, STYLE_NAME,
	    (struct span){one->beacon.name, one->beacon.name_len});
	fputc('\n', screen->out);
}

static int
print(const struct discovery *discovery)
{
	struct screen screen;
	size_t width = 0;
	char text[ADDR_TEXT_MAX];

	for (size_t i = 0; i < discovery->count; i++) {
		size_t len = strlen(write_place(&discovery->found[i], text));

		if (len > width)
			width = len;
	}
	screen_open(&screen, discovery->options);
	for (size_t i = 0; i < discovery->count; i++) {
		if (!discovery->options->is_json)
			print_line(&screen, &discovery->found[i], width);
		else if (print_json(&discovery->found[i]) != VERB_GOOD)
			return VERB_MALFORMED;
	}
	return VERB_GOOD;
}

int
chat_discover_print(const struct options *options)
{
	struct discovery discovery = {.options = options};
	int result = discover(&discovery);

	if (result != VERB_GOOD)
		return result;
	if (discovery.count == 0)
		return complain(
		    VERB_NO_REPLY, "nobody listens on the networks around");
	return print(&discovery);
}

int
chat_discover_find(const struct options *options, struct span name,
    char place[ADDR_TEXT_MAX], enum transport *transport)
{
	struct discovery discovery = {.options = options, .wanted = name};
	int result = discover(&discovery);

	if (result != VERB_GOOD)
		return result;
	if (discovery.count == 0)
		return complain(VERB_NO_REPLY,
		    "nobody called %.*s listens on the networks around",
		    (int)name.len, (const char *)name.data);
	write_place(&discovery.found[0], place);
	*transport = discovery.found[0].beacon.transport;
	return VERB_GOOD;
}
