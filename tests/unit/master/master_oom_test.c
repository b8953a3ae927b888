/* Whom the kernel is to kill first. */
#include "master/master_oom.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

static int
score_in(int fd)
{
	char text[16] = "";

	assert_true(pread(fd, text, sizeof(text) - 1, 0) > 0);
	return (int)strtol(text, NULL, 10);
}

/* A file stands in for that of /proc: lowering the score takes a right. */
static void
children_are_not_spared(void **state)
{
	struct master master = {.oom.score = -500};
	int fd = memfd_create("oom_score_adj", MFD_CLOEXEC);

	(void)state;
	assert_true(fd != -1);
	master.oom.fd = fd;
	master_oom_protect(&master);
	assert_int_equal(score_in(fd), -500);
	assert_int_equal(ftruncate(fd, 0), 0);
	master_oom_expose(&master);
	assert_int_equal(score_in(fd), 0);
	master_oom_protect(&master);
	assert_int_equal(score_in(fd), -500);
	close(fd);
}

static void
what_cannot_be_set_is_not_tried_again(void **state)
{
	struct master master = {.oom.score = -500};

	(void)state;
	master.oom.fd = open("/dev/null", O_RDONLY);
	master_oom_expose(&master);
	assert_int_equal(master.oom.fd, -1);
	master_oom_protect(&master);
}

/* Some containers begin with a score below 0; to raise it takes no right. */
static void
without_a_score_there_is_nothing_to_do(void **state)
{
	struct master master;
	int fd = open("/proc/self/oom_score_adj", O_RDWR | O_CLOEXEC);

	(void)state;
	assert_true(fd != -1);
	if (score_in(fd) < 0)
		assert_int_equal(pwrite(fd, "0", 1, 0), 1);
	close(fd);
	master_oom_open(&master);
	assert_int_equal(master.oom.fd, -1);
	master_oom_expose(&master);
	master_oom_protect(&master);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(children_are_not_spared),
	    cmocka_unit_test(what_cannot_be_set_is_not_tried_again),
	    cmocka_unit_test(without_a_score_there_is_nothing_to_do),
	};

	return cmocka_run_group_tests_name("master_oom", tests, NULL, NULL);
}
