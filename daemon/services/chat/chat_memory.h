/* chat_memory.h — where pure files get memory from: the door. Pure. */
#ifndef NETLAB_SERVICES_CHAT_MEMORY_H
#define NETLAB_SERVICES_CHAT_MEMORY_H

#include <stddef.h>

struct chat_memory {
	/* SIZE bytes, aligned for anything; NULL: none are left. */
	void *(*allocate)(void *context, size_t size);
	/* Takes back what was given; nothing for NULL. */
	void (*release)(void *context, void *memory);
	void *context;
};

#endif
