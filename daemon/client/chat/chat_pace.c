/* chat_pace.c — how fast a script's lines go to a server. */
#include "client/chat/chat_pace.h"

#include "client/reach.h"

/* One less at once than the server takes: lines may come closer together than
 * they went. */
static const struct chat_flood_rate rate = {.per_second = 1, .burst = 4};

static bool
is_loopback(const struct addr *addr)
{
	if (addr->any.sa_family == AF_INET6)
		return IN6_IS_ADDR_LOOPBACK(&addr->in6.sin6_addr) != 0;
	return ntohl(addr->in4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
}

void
chat_pace_begin(struct chat_pace *pace, const struct addr *peer)
{
	*pace = (struct chat_pace){.is_free = is_loopback(peer)};
	chat_pace_say(pace);
}

void
chat_pace_say(struct chat_pace *pace)
{
	(void)chat_flood_line(&pace->flood, &rate, (uint64_t)reach_now_ms());
}

int
chat_pace_wait_ms(const struct chat_pace *pace)
{
	return pace->is_free ? 0
	                     : (int)chat_flood_wait_ms(&pace->flood, &rate,
	                           (uint64_t)reach_now_ms());
}
