/* file_text_test.c — small files, and what is none. */
#include "core/file_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static char folder[] = "/tmp/netlab-text.XXXXXX";
static char path[64];

static void
make(const char *text, size_t len)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static void
whole(void **state)
{
	static const char text[] = "one\ntwo\0three";
	struct file_text file;

	(void)state;
	make(text, sizeof(text));
	assert_null(file_text_load(path, sizeof(text), &file));
	assert_int_equal(file.len, sizeof(text));
	assert_memory_equal(file.text, text, sizeof(text));
	assert_int_equal(file.text[file.len], '\0');
	assert_int_equal(file.st.st_uid, getuid());
	file_text_release(&file);
	assert_null(file.text);
	make("", 0);
	assert_null(file_text_load(path, 10, &file));
	assert_int_equal(file.len, 0);
	assert_string_equal(file.text, "");
	file_text_release(&file);
}

static void
too_large(void **state)
{
	struct file_text file;

	(void)state;
	make("12345678901", 11);
	assert_string_equal(file_text_load(path, 10, &file), "is too large");
	assert_null(file.text);
	/* The kernel says that these have no bytes. */
	assert_string_equal(
	    file_text_load("/proc/self/status", 10, &file), "is too large");
	assert_null(file_text_load("/proc/self/status", 100000, &file));
	assert_memory_equal(file.text, "Name:", 5);
	file_text_release(&file);
}

static void
no_file(void **state)
{
	struct file_text file;

	(void)state;
	assert_string_equal(
	    file_text_load(folder, 10, &file), "is a directory");
	assert_string_equal(
	    file_text_load("/dev/zero", 10, &file), "is not a regular file");
	unlink(path);
	assert_string_equal(
	    file_text_load(path, 10, &file), "No such file or directory");
	/* Nobody will ever write to it. */
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_string_equal(
	    file_text_load(path, 10, &file), "is not a regular file");
	assert_null(file.text);
	unlink(path);
}

static int
set_up(void **state)
{
	(void)state;
	snprintf(path, sizeof(path), "%s/file", mkdtemp(folder));
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("a file, whole", whole),
	    TEST("a file that is too large, whatever its size", too_large),
	    TEST("what is no file is not waited for", no_file),
	};

	return cmocka_run_group_tests_name(
	    "file_text", tests, set_up, tear_down);
}
