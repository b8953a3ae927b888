/*
 * image.h — the sealed block that the loader makes and the workers read: all
 * settings and data of one generation in one memfd, position-independent
 * (offsets, no pointers). Part 0 holds struct settings; part 1 + N belongs to
 * service N of the services table.
 *
 * Loader: image_writer_*. Master and workers: image_map, image_part.
 */
#ifndef NETLAB_CORE_IMAGE_H
#define NETLAB_CORE_IMAGE_H

#include "core/span.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	IMAGE_PART_MAX = 32,
	IMAGE_PART_SETTINGS = 0,
	IMAGE_PART_SERVICE = 1, /* + index in the services table */
	IMAGE_ALIGN = 64,       /* of every part: a cache line */
};

struct image_header {
	uint8_t magic[8]; /* "netlabd" and the layout's version */
	uint64_t size;    /* bytes, the header included */
	struct {
		uint64_t offset; /* from the header's start; 0: no such part */
		uint64_t size;
	} parts[IMAGE_PART_MAX];
};

/* A mapped image. Read-only, shared between all processes that map it. */
struct image {
	const struct image_header *header;
	size_t size;
	int fd;
};

/*
 * Being written, in one growing mapping of the memfd itself: no second copy.
 * BASE moves when it grows, so keep offsets, not pointers, across a call.
 */
struct image_writer {
	uint8_t *base;
	size_t used, cap;
	size_t part_start; /* of the part being written */
	int fd;
};

/* Creates the memfd. false: errno says why. */
bool image_writer_open(struct image_writer *writer)
    __attribute__((warn_unused_result));

/* Begins PART at the next multiple of IMAGE_ALIGN / ends it. */
bool image_writer_begin(struct image_writer *writer)
    __attribute__((warn_unused_result));
void image_writer_end(struct image_writer *writer, unsigned part);

/*
 * Appends SIZE bytes, zeroed, at the next multiple of ALIGN (a power of two,
 * at most IMAGE_ALIGN, counted from the part's start) and returns their
 * offset from the part's start; SIZE_MAX when memory is short. image_at gives
 * their place until the next reserve.
 */
size_t image_writer_reserve(struct image_writer *writer, size_t size,
    size_t align) __attribute__((warn_unused_result));
static inline void *
image_writer_at(const struct image_writer *writer, size_t offset)
{
	return writer->base + writer->part_start + offset;
}

/* Takes back what was reserved from OFFSET on (from the part's start), all of
 * it zeroes again: the part goes on there. */
void image_writer_trim(struct image_writer *writer, size_t offset);

/* Appends a NUL-terminated copy of TEXT; offset from the part's start, or
 * SIZE_MAX. */
size_t image_writer_text(struct image_writer *writer, const char *text)
    __attribute__((warn_unused_result));

/* Trims, seals (no write, grow, shrink or further seal) and returns the
 * memfd, which the caller owns; -1: errno. The writer is closed either way. */
int image_writer_seal(struct image_writer *writer)
    __attribute__((warn_unused_result));
void image_writer_abort(struct image_writer *writer);

/* Maps FD, checks seals, magic, size and parts. false: errno, EBADMSG when it
 * is not a sealed image. The image owns FD afterwards, on success only. */
bool image_map(struct image *image, int fd) __attribute__((warn_unused_result));
void image_unmap(struct image *image);

/* A sealed image of IMAGE's parts whose bits (1 << part) are set in PARTS, and
 * of no others: the memfd, which the caller owns; -1: errno. Any process. */
int image_excerpt(const struct image *image, uint32_t parts)
    __attribute__((warn_unused_result));

/* The bytes of PART; empty where the image has none. */
struct span image_part(const struct image *image, unsigned part);

#endif
