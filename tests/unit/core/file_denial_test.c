/* file_denial_test.c — whose rights a file is refused for. */
#include "core/file_denial.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

enum { NOBODY = 65534 };

/* Is TEXT said to user nobody of an EACCES of PATH? In a child, since there is
 * no way back. */
static bool
nobody_hears(const char *path, const char *text)
{
	int status = -1;
	pid_t pid = fork();

	assert_int_not_equal(pid, -1);
	if (pid == 0) {
		if (setuid(NOBODY) == -1)
			_exit(2);
		_exit(strstr(file_denial_text(EACCES, path), text) == NULL);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status == 0;
}

static void
other_errors(void **state)
{
	(void)state;
	assert_string_equal(file_denial_text(ENOENT, "/x"), strerror(ENOENT));
	assert_non_null(strstr(
	    file_denial_text(EROFS, "/x"), "Read-only file system: a service"));
}

static void
denied(void **state)
{
	(void)state;
	if (geteuid() != 0) {
		assert_non_null(strstr(file_denial_text(EACCES, "/etc/x"),
		    "Permission denied to user "));
		skip();
	}
	/* Root is refused by something else than rights. */
	assert_string_equal(
	    file_denial_text(EACCES, "/etc/x"), strerror(EACCES));
	assert_true(nobody_hears("/etc/x",
	    "Permission denied to user nobody, by it or a folder above"));
	assert_true(nobody_hears("x", "Permission denied to user nobody"));
	assert_true(nobody_hears("/", "Permission denied to user nobody"));
	assert_true(nobody_hears("", "Permission denied to user nobody"));
}

/* As ProtectHome= of systemd.exec(5) does. */
static void
hidden(void **state)
{
	char top[] = "/netlab-hidden.XXXXXX";
	char path[64];
	char text[128];

	(void)state;
	if (geteuid() != 0 || mkdtemp(top) == NULL)
		skip();
	snprintf(path, sizeof(path), "%s/ann/www", top);
	snprintf(text, sizeof(text),
	    "Permission denied: %s is hidden from this service", top);
	assert_false(nobody_hears(path, text));
	assert_int_equal(chmod(top, 0), 0);
	bool is_said = nobody_hears(path, text);

	assert_int_equal(rmdir(top), 0);
	assert_true(is_said);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("what is not for want of a right", other_errors),
	    TEST("who is refused", denied),
	    TEST("a folder that a service manager hides", hidden),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
