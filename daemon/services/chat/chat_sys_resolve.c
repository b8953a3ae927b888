/* chat_sys_resolve.c — the addresses of a name, without waiting for them. */
#include "services/chat/chat_sys_resolve.h"

#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct chat_sys_resolve {
	pthread_t thread;
	atomic_bool is_done; /* the rest is the caller's from here on */
	int done;
	struct chat_sys_addresses addresses;
	char name[];
};

static void
keep_addresses(
    struct chat_sys_addresses *addresses, const struct addrinfo *found)
{
	for (; found != NULL && addresses->count < CHAT_SYS_RESOLVE_MAX;
	     found = found->ai_next) {
		struct addr *addr = &addresses->list[addresses->count];

		if (found->ai_addrlen > sizeof(addr->in6))
			continue;
		memcpy(&addr->any, found->ai_addr, found->ai_addrlen);
		addr->len = found->ai_addrlen;
		addresses->count++;
	}
}

static void *
run(void *context)
{
	struct chat_sys_resolve *resolve = context;
	const struct addrinfo hints = {
	    .ai_family = AF_UNSPEC,
	    .ai_socktype = SOCK_STREAM,
	    .ai_flags = AI_ADDRCONFIG,
	};
	const uint64_t one = 1;
	struct addrinfo *found = NULL;
	int error = getaddrinfo(resolve->name, NULL, &hints, &found);

	if (error == 0) {
		keep_addresses(&resolve->addresses, found);
		freeaddrinfo(found);
	}
	if (resolve->addresses.count == 0)
		resolve->addresses.why =
		    gai_strerror(error != 0 ? error : EAI_NONAME);
	/* The caller may let go of RESOLVE from now on. */
	int done = resolve->done;

	atomic_store(&resolve->is_done, true);
	(void)!write(done, &one, sizeof(one));
	return NULL;
}

/* Signals are the worker's own thread's to take. */
static int
start_thread(struct chat_sys_resolve *resolve)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int error = pthread_create(&resolve->thread, NULL, run, resolve);

	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return error;
}

struct chat_sys_resolve *
chat_sys_resolve_start(const char *name, int done)
{
	size_t len = strlen(name) + 1;
	struct chat_sys_resolve *resolve = calloc(1, sizeof(*resolve) + len);

	if (resolve == NULL)
		return NULL;
	resolve->done = done;
	memcpy(resolve->name, name, len);
	int error = start_thread(resolve);

	if (error != 0) {
		free(resolve);
		errno = error;
		return NULL;
	}
	return resolve;
}

bool
chat_sys_resolve_end(
    struct chat_sys_resolve *resolve, struct chat_sys_addresses *addresses)
{
	if (!atomic_load(&resolve->is_done))
		return false;
	/* It has nothing more to do than to return. */
	pthread_join(resolve->thread, NULL);
	*addresses = resolve->addresses;
	free(resolve);
	return true;
}
