/* admin_test.c — where the admin socket is. */
#include "core/admin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include <cmocka.h>

static void
pid_becomes_ctl(void **state)
{
	struct sockaddr_un address;

	(void)state;
	assert_true(admin_path("/run/netlabd/netlabd.pid", &address));
	assert_string_equal(address.sun_path, "/run/netlabd/netlabd.ctl");
	assert_int_equal(address.sun_family, AF_UNIX);
}

static void
other_names_get_ctl_behind(void **state)
{
	struct sockaddr_un address;

	(void)state;
	assert_true(admin_path("/run/pid", &address));
	assert_string_equal(address.sun_path, "/run/pid.ctl");
	assert_true(admin_path("/x", &address));
	assert_string_equal(address.sun_path, "/x.ctl");
}

static void
longest_name_that_fits(void **state)
{
	struct sockaddr_un address;
	char path[sizeof(address.sun_path) + 1];

	(void)state;
	memset(path, 'a', sizeof(path));
	/* ".ctl" and the NUL take five bytes. */
	path[sizeof(address.sun_path) - 5] = '\0';
	assert_true(admin_path(path, &address));
	assert_int_equal(
	    strlen(address.sun_path), sizeof(address.sun_path) - 1);
	path[sizeof(address.sun_path) - 5] = 'a';
	path[sizeof(address.sun_path) - 4] = '\0';
	assert_false(admin_path(path, &address));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pid_becomes_ctl),
	    cmocka_unit_test(other_names_get_ctl_behind),
	    cmocka_unit_test(longest_name_that_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
