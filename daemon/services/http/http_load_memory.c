/* http_load_memory.c — many small pieces with one end. */
#include "services/http/http_load_memory.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct http_load_piece {
	struct http_load_piece *before;
	max_align_t bytes[];
};

void *
http_load_memory_take(
    struct http_load_memory *memory, size_t count, size_t size)
{
	struct http_load_piece *piece;

	if (count == 0)
		return NULL;
	if (size > (SIZE_MAX - sizeof(*piece)) / count ||
	    (piece = calloc(1, sizeof(*piece) + count * size)) == NULL) {
		memory->is_short = true;
		return NULL;
	}
	piece->before = memory->last;
	memory->last = piece;
	return piece->bytes;
}

char *
http_load_memory_copy(
    struct http_load_memory *memory, const void *text, size_t len)
{
	char *copy = http_load_memory_take(memory, len + 1, 1);

	if (copy != NULL && len > 0)
		memcpy(copy, text, len);
	return copy;
}

void
http_load_memory_release(struct http_load_memory *memory)
{
	while (memory->last != NULL) {
		struct http_load_piece *piece = memory->last;

		memory->last = piece->before;
		free(piece);
	}
	memory->is_short = false;
}
