/* Lines of the log on standard error, which is a pipe here. */
#include "core/log.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include <cmocka.h>

struct pipe {
	int read_fd;
	int saved_stderr;
};

static int
redirect(void **state)
{
	static struct pipe pipe_state;
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	pipe_state.read_fd = ends[0];
	pipe_state.saved_stderr = dup(STDERR_FILENO);
	assert_int_equal(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
	close(ends[1]);
	log_open(LOG_TARGET_STDERR, LOG_DAEMON, LOG_DEBUG);
	*state = &pipe_state;
	return 0;
}

static int
restore(void **state)
{
	const struct pipe *own = *state;

	dup2(own->saved_stderr, STDERR_FILENO);
	close(own->saved_stderr);
	close(own->read_fd);
	unsetenv("JOURNAL_STREAM");
	log_find_journal();
	log_set_prefix(NULL);
	return 0;
}

/* JOURNAL_STREAM as the manager sets it, with MORE added to the inode. */
static void
name_stream(unsigned more)
{
	struct stat status;
	char name[64];

	assert_int_equal(fstat(STDERR_FILENO, &status), 0);
	snprintf(name, sizeof(name), "%ju:%ju", (uintmax_t)status.st_dev,
	    (uintmax_t)status.st_ino + more);
	setenv("JOURNAL_STREAM", name, 1);
}

/* What is in the pipe is TEXT, all of it. */
static void
assert_written(void **state, const char *text)
{
	const struct pipe *own = *state;
	char got[4096];
	ssize_t len = read(own->read_fd, got, sizeof(got) - 1);

	assert_true(len >= 0);
	got[len] = '\0';
	assert_string_equal(got, text);
}

static void
the_journal_is_told_the_level_alone(void **state)
{
	name_stream(0);
	assert_true(log_find_journal());
	log_error("broken: %d\n<1>forged", 7);
	log_warn("odd");
	log_set_prefix("dns worker 1: ");
	log_notice("done");
	log_info("so");
	log_debug("and so");
	log_line("a line of another program", 6);
	assert_written(state, "<3>broken: 7 <1>forged\n<4>odd\n"
	                      "<5>dns worker 1: done\n<6>dns worker 1: so\n"
	                      "<7>dns worker 1: and so\n<6>a line\n");
}

static void
a_terminal_is_told_who_writes(void **state)
{
	char expected[128];

	unsetenv("JOURNAL_STREAM");
	assert_false(log_find_journal());
	log_error("broken");
	log_line("a line", 6);
	snprintf(expected, sizeof(expected),
	    "netlabd[%d]: broken\nnetlabd[%d]: a line\n", (int)getpid(),
	    (int)getpid());
	assert_written(state, expected);
}

/* A service whose standard error has been led elsewhere, as by 2>file. */
static void
another_stream_is_not_the_journal(void **state)
{
	char expected[64];

	name_stream(1);
	assert_false(log_find_journal());
	setenv("JOURNAL_STREAM", "nonsense", 1);
	assert_false(log_find_journal());
	setenv("JOURNAL_STREAM", "", 1);
	assert_false(log_find_journal());
	log_warn("odd");
	snprintf(
	    expected, sizeof(expected), "netlabd[%d]: odd\n", (int)getpid());
	assert_written(state, expected);
}

static void
a_long_line_stays_one(void **state)
{
	const struct pipe *own = *state;
	char text[3000], got[4096];

	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	name_stream(0);
	assert_true(log_find_journal());
	log_error("%s", text);
	ssize_t len = read(own->read_fd, got, sizeof(got));

	assert_true(len > 1000);
	assert_memory_equal(got, "<3>xxx", 6);
	assert_ptr_equal(memchr(got, '\n', (size_t)len), got + len - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
	        the_journal_is_told_the_level_alone, redirect, restore),
	    cmocka_unit_test_setup_teardown(
	        a_terminal_is_told_who_writes, redirect, restore),
	    cmocka_unit_test_setup_teardown(
	        another_stream_is_not_the_journal, redirect, restore),
	    cmocka_unit_test_setup_teardown(
	        a_long_line_stays_one, redirect, restore),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
