/* http_load_memory.h — many small pieces with one end: what a load, or what a
 * worker reads of it, is made of. Loader and worker processes. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_MEMORY_H
#define NETLAB_SERVICES_HTTP_LOAD_MEMORY_H

#include "core/span.h"

#include <stdbool.h>

/* Empty when zeroed. */
struct http_load_memory {
	struct http_load_piece *last;
	bool is_short; /* there was too little once: the caller checks at its
	                  end */
};

/* COUNT × SIZE bytes, zeroed, aligned for anything, until release; NULL where
 * memory is short or COUNT is 0. */
void *http_load_memory_take(
    struct http_load_memory *memory, size_t count, size_t size);

/* A copy of the LEN bytes of TEXT, a NUL behind them; NULL as above. */
char *http_load_memory_copy(
    struct http_load_memory *memory, const void *text, size_t len);

void http_load_memory_release(struct http_load_memory *memory);

#endif
