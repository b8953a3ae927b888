/* chat_memory_fixture.h — struct chat_memory for tests and fuzzers: counted,
 * and to be had to an end where that is what a test is about. */
#ifndef NETLAB_TESTS_CHAT_MEMORY_FIXTURE_H
#define NETLAB_TESTS_CHAT_MEMORY_FIXTURE_H

#include "services/chat/chat_memory.h"

#include <stdbool.h>
#include <stdlib.h>

struct memory_fixture {
	unsigned blocks; /* in use */
	unsigned left;   /* that may still be given; */
	bool is_bounded; /* … if so */
};

static inline void *
memory_fixture_allocate(void *context, size_t size)
{
	struct memory_fixture *fixture = context;

	if (fixture->is_bounded && fixture->left == 0)
		return NULL;
	fixture->left -= fixture->is_bounded;
	fixture->blocks++;
	return malloc(size);
}

static inline void
memory_fixture_release(void *context, void *memory)
{
	struct memory_fixture *fixture = context;

	fixture->blocks -= memory != NULL;
	free(memory);
}

#define MEMORY_FIXTURE(fixture)                                                \
	{                                                                      \
		memory_fixture_allocate, memory_fixture_release, fixture       \
	}

#endif
