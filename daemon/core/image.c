/* image.c — the sealed block that the loader makes and the workers read. */
#include "core/image.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The last byte is the layout's version: it goes up with every change that an
 * older program would misread. */
static const uint8_t magic[8] = {'n', 'e', 't', 'l', 'a', 'b', 'd', 1};

enum { SEALS = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE };

/* One page table's worth to begin with: a configuration without big zones
 * never grows. */
static const size_t first_cap = (size_t)2 << 20;

/* 64 GiB: no lab's zones come near it, so a size beyond it is a bug, and must
 * not take the machine's memory. */
static const size_t cap_max = (size_t)1 << 36;

static void
reset(struct image_writer *writer)
{
	*writer = (struct image_writer){.fd = -1};
}

static bool
map_first(struct image_writer *writer)
{
	void *base = mmap(
	    NULL, first_cap, PROT_READ | PROT_WRITE, MAP_SHARED, writer->fd, 0);

	if (base == MAP_FAILED)
		return false;
	writer->base = base;
	writer->cap = first_cap;
	return true;
}

bool
image_writer_open(struct image_writer *writer)
{
	reset(writer);
	writer->fd =
	    memfd_create("netlabd-image", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (writer->fd == -1)
		return false;
	if (ftruncate(writer->fd, (off_t)first_cap) == -1 ||
	    !map_first(writer)) {
		image_writer_abort(writer);
		return false;
	}
	writer->used = sizeof(struct image_header);
	writer->part_start = writer->used;
	return true;
}

/* Makes room for USED bytes in all. Doubles, so that a million small pieces
 * cost a dozen calls; pages are only taken when they are written. */
static bool
grow(struct image_writer *writer, size_t used)
{
	size_t cap = writer->cap;

	if (used <= cap)
		return true;
	if (used > cap_max) {
		errno = EFBIG;
		return false;
	}
	while (cap < used)
		cap *= 2;
	if (ftruncate(writer->fd, (off_t)cap) == -1)
		return false;
	void *base = mremap(writer->base, writer->cap, cap, MREMAP_MAYMOVE);

	if (base == MAP_FAILED)
		return false;
	writer->base = base;
	writer->cap = cap;
	return true;
}

static size_t
align_up(size_t value, size_t align)
{
	return (value + align - 1) & ~(align - 1);
}

bool
image_writer_begin(struct image_writer *writer)
{
	size_t start = align_up(writer->used, IMAGE_ALIGN);

	if (!grow(writer, start))
		return false;
	writer->used = writer->part_start = start;
	return true;
}

/* mmap gives pages, so BASE is aligned for anything. */
static struct image_header *
header_of(const struct image_writer *writer)
{
	return (struct image_header *)(void *)writer->base;
}

void
image_writer_end(struct image_writer *writer, unsigned part)
{
	struct image_header *header = header_of(writer);

	assert(part < IMAGE_PART_MAX);
	header->parts[part].offset = writer->part_start;
	header->parts[part].size = writer->used - writer->part_start;
}

size_t
image_writer_reserve(struct image_writer *writer, size_t size, size_t align)
{
	assert(align > 0 && align <= IMAGE_ALIGN && (align & (align - 1)) == 0);
	size_t offset = align_up(writer->used - writer->part_start, align);
	size_t start = writer->part_start + offset;

	if (size > cap_max - start) {
		errno = EFBIG;
		return SIZE_MAX;
	}
	if (!grow(writer, start + size))
		return SIZE_MAX;
	writer->used = start + size;
	return offset;
}

/* Whole pages are cut out of the memfd, so that a zone's worst case, reserved
 * and given back, never takes memory. */
void
image_writer_trim(struct image_writer *writer, size_t offset)
{
	size_t start = writer->part_start + offset;
	size_t page = align_up(start, (size_t)sysconf(_SC_PAGESIZE));

	assert(start <= writer->used);
	memset(writer->base + start, 0,
	    (page < writer->used ? page : writer->used) - start);
	if (page < writer->used && madvise(writer->base + page,
	                               writer->used - page, MADV_REMOVE) == -1)
		memset(writer->base + page, 0, writer->used - page);
	writer->used = start;
}

size_t
image_writer_text(struct image_writer *writer, const char *text)
{
	size_t size = strlen(text) + 1;
	size_t offset = image_writer_reserve(writer, size, 1);

	if (offset != SIZE_MAX)
		memcpy(image_writer_at(writer, offset), text, size);
	return offset;
}

int
image_writer_seal(struct image_writer *writer)
{
	struct image_header *header = header_of(writer);
	int fd = writer->fd;

	memcpy(header->magic, magic, sizeof(magic));
	header->size = writer->used;
	/* F_SEAL_WRITE is refused while a writable mapping exists. */
	munmap(writer->base, writer->cap);
	writer->base = NULL;
	if (ftruncate(fd, (off_t)writer->used) == -1 ||
	    fcntl(fd, F_ADD_SEALS, SEALS) == -1) {
		image_writer_abort(writer);
		return -1;
	}
	reset(writer);
	return fd;
}

void
image_writer_abort(struct image_writer *writer)
{
	int saved_errno = errno;

	if (writer->base != NULL)
		munmap(writer->base, writer->cap);
	if (writer->fd != -1)
		close(writer->fd);
	reset(writer);
	errno = saved_errno;
}

/* Every part lies between the header and the end; subtraction, not addition,
 * so that no number in the header can wrap around. */
static bool
is_sound(const struct image_header *header, size_t size)
{
	if (memcmp(header->magic, magic, sizeof(magic)) != 0 ||
	    header->size != size)
		return false;
	for (unsigned i = 0; i < IMAGE_PART_MAX; i++) {
		uint64_t offset = header->parts[i].offset;

		if (offset == 0 && header->parts[i].size == 0)
			continue;
		if (offset < sizeof(*header) || offset > size ||
		    offset % IMAGE_ALIGN != 0 ||
		    header->parts[i].size > size - offset)
			return false;
	}
	return true;
}

static size_t
sealed_size(int fd)
{
	struct stat st;
	int seals = fcntl(fd, F_GET_SEALS);

	if (seals == -1 || (seals & SEALS) != SEALS || fstat(fd, &st) == -1 ||
	    st.st_size < (off_t)sizeof(struct image_header))
		return 0;
	return (size_t)st.st_size;
}

bool
image_map(struct image *image, int fd)
{
	size_t size = sealed_size(fd);

	if (size == 0) {
		errno = EBADMSG;
		return false;
	}
	/* MAP_PRIVATE: kernels before 6.7 refuse MAP_SHARED of a memfd with
	 * F_SEAL_WRITE, even to read. The pages are the file's own either way,
	 * since nobody writes to them. */
	void *base = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);

	if (base == MAP_FAILED)
		return false;
	if (!is_sound(base, size)) {
		munmap(base, size);
		errno = EBADMSG;
		return false;
	}
	*image = (struct image){.header = base, .size = size, .fd = fd};
	return true;
}

void
image_unmap(struct image *image)
{
	if (image->header == NULL)
		return;
	union {
		const void *read_only;
		void *base;
	} mapping = {.read_only = image->header};

	munmap(mapping.base, image->size);
	close(image->fd);
	*image = (struct image){.fd = -1};
}

struct span
image_part(const struct image *image, unsigned part)
{
	assert(part < IMAGE_PART_MAX);
	if (image->header->parts[part].size == 0)
		return (struct span){0};
	return (struct span){
	    .data = (const uint8_t *)image->header +
	            image->header->parts[part].offset,
	    .len = (size_t)image->header->parts[part].size,
	};
}

static bool
copy_part(struct image_writer *writer, const struct image *image, unsigned part)
{
	struct span bytes = image_part(image, part);

	if (bytes.len == 0)
		return true;
	if (!image_writer_begin(writer))
		return false;
	size_t offset = image_writer_reserve(writer, bytes.len, IMAGE_ALIGN);

	if (offset == SIZE_MAX)
		return false;
	memcpy(image_writer_at(writer, offset), bytes.data, bytes.len);
	image_writer_end(writer, part);
	return true;
}

int
image_excerpt(const struct image *image, uint32_t parts)
{
	struct image_writer writer;

	if (!image_writer_open(&writer))
		return -1;
	for (unsigned part = 0; part < IMAGE_PART_MAX; part++)
		if ((parts >> part & 1) != 0 &&
		    !copy_part(&writer, image, part)) {
			image_writer_abort(&writer);
			return -1;
		}
	return image_writer_seal(&writer);
}
