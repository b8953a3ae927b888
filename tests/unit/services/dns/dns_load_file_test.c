/* Whose files root reads for whom. */
#include "services/dns/dns_load_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROOT = 0, ALICE = 60001, BOB = 60002 };

struct folder {
	char path[64];
	char file[96], link[96];
};

/* A folder of root's with a file, and a link to it. */
static void
make_folder(struct folder *folder, uid_t owner, mode_t mode)
{
	snprintf(folder->path, sizeof(folder->path), "/tmp/netlab-file.XXXXXX");
	assert_non_null(mkdtemp(folder->path));
	snprintf(folder->file, sizeof(folder->file), "%s/file", folder->path);
	snprintf(folder->link, sizeof(folder->link), "%s/link", folder->path);
	FILE *file = fopen(folder->file, "w");

	assert_non_null(file);
	assert_int_equal(fputs("text", file) >= 0 ? fclose(file) : EOF, 0);
	assert_int_equal(chmod(folder->file, mode), 0);
	assert_int_equal(symlink("file", folder->link), 0);
	if (geteuid() == 0)
		assert_int_equal(chown(folder->file, owner, owner), 0);
}

static void
remove_folder(const struct folder *folder)
{
	(void)unlink(folder->file);
	(void)unlink(folder->link);
	assert_int_equal(rmdir(folder->path), 0);
}

static bool
is_read(const char *path, uid_t namer)
{
	struct dns_load_file file;
	const char *error = dns_load_file_read(path, namer, &file);

	if (error == NULL) {
		assert_int_equal(file.len, 4);
		assert_memory_equal(file.text, "text", 4);
	} else {
		assert_string_equal(
		    error, "private to another user than the one who names it");
		assert_null(file.text);
	}
	dns_load_file_release(&file);
	return error == NULL;
}

static void
everybody_names_what_everybody_reads(void **state)
{
	struct folder folder;

	(void)state;
	make_folder(&folder, BOB, 0644);
	assert_true(is_read(folder.file, ROOT));
	assert_true(is_read(folder.file, ALICE));
	assert_true(is_read(folder.link, ALICE));
	remove_folder(&folder);
}

static void
a_private_file_is_read_for_its_owner_and_root(void **state)
{
	struct folder folder;

	(void)state;
	if (geteuid() != 0)
		skip(); /* only root can read what is not its own */
	make_folder(&folder, BOB, 0640);
	assert_true(is_read(folder.file, ROOT));
	assert_true(is_read(folder.file, BOB));
	assert_false(is_read(folder.file, ALICE));
	remove_folder(&folder);
}

static void
a_link_is_as_good_as_its_folder(void **state)
{
	struct folder folder;

	(void)state;
	if (geteuid() != 0)
		skip(); /* only root can read what is not its own */
	make_folder(&folder, ROOT, 0600);
	assert_true(is_read(folder.link, ROOT));
	assert_int_equal(chmod(folder.path, 0775), 0);
	assert_false(is_read(folder.link, ROOT));
	assert_int_equal(chmod(folder.path, 0755), 0);
	assert_int_equal(chown(folder.path, ALICE, ALICE), 0);
	assert_false(is_read(folder.link, ROOT));
	assert_true(is_read(folder.file, ROOT));
	remove_folder(&folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(everybody_names_what_everybody_reads),
	    cmocka_unit_test(a_private_file_is_read_for_its_owner_and_root),
	    cmocka_unit_test(a_link_is_as_good_as_its_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
