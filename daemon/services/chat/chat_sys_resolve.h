/*
 * chat_sys_resolve.h — the addresses of a name, without waiting for them:
 * getaddrinfo(3) blocks, so a thread of its own calls it. A worker has one of
 * these at most, and only while it looks for its broker. CHAT WORKER only.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_SYS_RESOLVE_H
#define NETLAB_SERVICES_CHAT_CHAT_SYS_RESOLVE_H

#include "core/addr.h"

#include <stdbool.h>

enum { CHAT_SYS_RESOLVE_MAX = 8 }; /* addresses of one name that are tried */

struct chat_sys_resolve; /* one question */

struct chat_sys_addresses {
	unsigned count; /* 0: none were found */
	struct addr list[CHAT_SYS_RESOLVE_MAX];
	const char *why; /* of none: a static string */
};

/* Asks for NAME (copied). DONE, an eventfd, is written when the answer is
 * there; it stays open until then. NULL: errno. */
struct chat_sys_resolve *chat_sys_resolve_start(const char *name, int done);

/* Whether the answer is there: then ADDRESSES is filled and RESOLVE is gone.
 * Never waits. */
bool chat_sys_resolve_end(
    struct chat_sys_resolve *resolve, struct chat_sys_addresses *addresses);

#endif
