/* image_test.c — what is written is what is mapped, and nothing else is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/image.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void
parts_come_back_as_written(void **state)
{
	(void)state;
	struct image_writer writer;
	struct image image;

	assert_true(image_writer_open(&writer));
	assert_true(image_writer_begin(&writer));
	size_t first = image_writer_text(&writer, "hello");
	size_t number = image_writer_reserve(&writer, 8, 8);

	assert_int_equal(first, 0);
	assert_int_equal(number, 8);
	memset(image_writer_at(&writer, number), 0x5a, 8);
	image_writer_end(&writer, 3);
	assert_true(image_writer_begin(&writer));
	assert_int_equal(image_writer_text(&writer, "x"), 0);
	image_writer_end(&writer, 1);
	int fd = image_writer_seal(&writer);

	assert_true(fd >= 0);
	assert_true(image_map(&image, fd));
	struct span part = image_part(&image, 3);

	assert_int_equal(part.len, 16);
	assert_string_equal((const char *)part.data, "hello");
	assert_int_equal(part.data[8], 0x5a);
	assert_int_equal((uintptr_t)part.data % IMAGE_ALIGN, 0);
	assert_int_equal(image_part(&image, 1).len, 2);
	assert_int_equal(
	    (uintptr_t)image_part(&image, 1).data % IMAGE_ALIGN, 0);
	assert_int_equal(image_part(&image, 2).len, 0);
	assert_null(image_part(&image, 2).data);
	image_unmap(&image);
	assert_int_equal(image.fd, -1);
}

static void
an_excerpt_has_the_parts_asked_for(void **state)
{
	(void)state;
	struct image_writer writer;
	struct image whole, excerpt;

	assert_true(image_writer_open(&writer));
	for (unsigned part = 1; part <= 3; part++) {
		assert_true(image_writer_begin(&writer));
		assert_int_equal(
		    image_writer_text(&writer, part == 2 ? "two" : "other"), 0);
		image_writer_end(&writer, part);
	}
	assert_true(image_map(&whole, image_writer_seal(&writer)));
	/* Of part 5 there is nothing. */
	int fd = image_excerpt(&whole, 1U << 2 | 1U << 5);

	assert_true(fd >= 0);
	assert_true(image_map(&excerpt, fd));
	image_unmap(&whole);
	assert_string_equal((const char *)image_part(&excerpt, 2).data, "two");
	for (unsigned part = 0; part < IMAGE_PART_MAX; part++)
		assert_int_equal(
		    image_part(&excerpt, part).len, part == 2 ? 4 : 0);
	image_unmap(&excerpt);
}

static void
growing_keeps_what_was_written_and_zeroes_the_rest(void **state)
{
	(void)state;
	struct image_writer writer;
	struct image image;
	enum { COUNT = 3000, SIZE = 4096 };

	assert_true(image_writer_open(&writer));
	assert_true(image_writer_begin(&writer));
	for (unsigned i = 0; i < COUNT; i++) {
		size_t offset = image_writer_reserve(&writer, SIZE, 64);

		assert_int_equal(offset, (size_t)i * SIZE);
		memcpy(image_writer_at(&writer, offset), &i, sizeof(i));
	}
	image_writer_end(&writer, 0);
	assert_true(image_map(&image, image_writer_seal(&writer)));
	struct span part = image_part(&image, 0);

	assert_int_equal(part.len, (size_t)COUNT * SIZE);
	for (unsigned i = 0; i < COUNT; i++) {
		unsigned value;

		memcpy(&value, part.data + (size_t)i * SIZE, sizeof(value));
		assert_int_equal(value, i);
		assert_int_equal(part.data[(size_t)i * SIZE + SIZE - 1], 0);
	}
	image_unmap(&image);
}

static void
sizes_that_cannot_be_are_refused(void **state)
{
	(void)state;
	struct image_writer writer;

	assert_true(image_writer_open(&writer));
	assert_true(image_writer_begin(&writer));
	errno = 0;
	assert_true(image_writer_reserve(&writer, SIZE_MAX, 64) == SIZE_MAX);
	assert_int_equal(errno, EFBIG);
	assert_true(image_writer_reserve(&writer, SIZE_MAX / 2, 1) == SIZE_MAX);
	assert_true(
	    image_writer_reserve(&writer, (size_t)1 << 36, 1) == SIZE_MAX);
	assert_int_equal(image_writer_reserve(&writer, 1, 1), 0);
	image_writer_abort(&writer);
	assert_int_equal(writer.fd, -1);
}

static int
sealed_with(size_t size)
{
	struct image_writer writer;

	assert_true(image_writer_open(&writer));
	assert_true(image_writer_begin(&writer));
	assert_int_equal(image_writer_reserve(&writer, size, 8), 0);
	image_writer_end(&writer, 0);
	return image_writer_seal(&writer);
}

static void
a_sealed_image_cannot_be_changed(void **state)
{
	(void)state;
	int fd = sealed_with(100);
	char byte = 1;

	assert_int_equal(pwrite(fd, &byte, 1, 0), -1);
	assert_int_equal(errno, EPERM);
	assert_int_equal(ftruncate(fd, 10), -1);
	assert_int_equal(ftruncate(fd, 1 << 20), -1);
	assert_ptr_equal(
	    mmap(NULL, 64, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0),
	    MAP_FAILED);
	assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL), -1);
	close(fd);
}

/* A memfd with the same bytes but for LEN bytes at AT, and these SEALS. */
static int
altered_copy(int fd, off_t at, const void *bytes, size_t len, int seals)
{
	uint8_t copy[4096];
	ssize_t size = pread(fd, copy, sizeof(copy), 0);
	int out = memfd_create("copy", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	assert_true(size > 0 && out >= 0);
	if (len > 0)
		memcpy(copy + at, bytes, len);
	assert_int_equal(write(out, copy, (size_t)size), size);
	assert_int_equal(fcntl(out, F_ADD_SEALS, seals), 0);
	return out;
}

static void
what_is_not_a_sealed_image_is_not_mapped(void **state)
{
	(void)state;
	enum { ALL = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE };
	static const uint64_t huge = UINT64_MAX - 63, small = 64, odd = 540;
	const struct {
		off_t at;
		const void *bytes;
		size_t len;
		int seals;
	} cases[] = {
	    {0, NULL, 0, ALL & ~F_SEAL_WRITE},
	    {0, NULL, 0, F_SEAL_WRITE},
	    {0, "NETLABD", 7, ALL},
	    {7, "\xff", 1, ALL},
	    {8, &huge, 8, ALL},
	    {8, &small, 8, ALL},
	    {16, &huge, 8, ALL},
	    {16, &small, 8, ALL},
	    {16, &odd, 8, ALL},
	    {24, &huge, 8, ALL},
	};
	struct image image;
	int fd = sealed_with(100);
	int same = altered_copy(fd, 0, NULL, 0, ALL);

	assert_true(image_map(&image, same));
	image_unmap(&image);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int copy = altered_copy(fd, cases[i].at, cases[i].bytes,
		    cases[i].len, cases[i].seals);

		errno = 0;
		assert_false(image_map(&image, copy));
		assert_int_equal(errno, EBADMSG);
		close(copy);
	}
	close(fd);
	assert_false(image_map(&image, -1));
	assert_false(image_map(&image, STDIN_FILENO));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(parts_come_back_as_written),
	    cmocka_unit_test(an_excerpt_has_the_parts_asked_for),
	    cmocka_unit_test(
	        growing_keeps_what_was_written_and_zeroes_the_rest),
	    cmocka_unit_test(sizes_that_cannot_be_are_refused),
	    cmocka_unit_test(a_sealed_image_cannot_be_changed),
	    cmocka_unit_test(what_is_not_a_sealed_image_is_not_mapped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
