/* The access log of a worker: when it is written, that lines stay whole, and
 * what becomes of those that cannot be written. */
#include "services/http/http_file_log.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	struct http_file_log log;
	struct addr peer;
	char path[32];
	int fd;
	int said, standard_error; /* what is told goes to SAID meanwhile */
};

static int
temporary(char *path)
{
	strcpy(path, "/tmp/http_file_log.XXXXXX");
	int fd = mkstemp(path);

	assert_int_not_equal(fd, -1);
	assert_int_equal(fcntl(fd, F_SETFL, O_APPEND), 0);
	return fd;
}

static int
set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	char path[32];

	assert_non_null(fixture);
	assert_null(addr_parse("192.0.2.7:80", &fixture->peer));
	fixture->fd = temporary(fixture->path);
	fixture->said = temporary(path);
	unlink(path);
	fixture->standard_error = dup(2);
	dup2(fixture->said, 2);
	assert_true(http_file_log_open(
	    &fixture->log, &(struct http_load_log){
	                       .kind = HTTP_LOAD_LOG_FILE, .fd = fixture->fd}));
	*state = fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	dup2(fixture->standard_error, 2);
	close(fixture->standard_error);
	close(fixture->said);
	close(fixture->fd);
	unlink(fixture->path);
	free(fixture->log.buffer);
	free(fixture);
	return 0;
}

/* Adds a request whose target is a slash, NUMBER in eight digits and FILL more
 * bytes. */
static void
add(struct fixture *fixture, unsigned number, size_t fill)
{
	char line[4096];
	int len = snprintf(line, sizeof(line), "GET /%08u", number);

	memset(line + len, 'x', fill);
	memcpy(line + (size_t)len + fill, " HTTP/1.1", 9);
	http_file_log_add(&fixture->log,
	    &(struct http_record){
	        .line = {(uint8_t *)line, (size_t)len + fill + 9},
	        .peer = &fixture->peer,
	        .code = 200});
}

static size_t
size_of(int fd)
{
	struct stat st;

	assert_int_equal(fstat(fd, &st), 0);
	return (size_t)st.st_size;
}

/* All of FD's file, for the caller to free. */
static char *
text_of(int fd)
{
	size_t size = size_of(fd);
	char *text = malloc(size + 1);

	assert_non_null(text);
	assert_int_equal(pread(fd, text, size, 0), size);
	text[size] = '\0';
	return text;
}

static unsigned
count(const char *text, const char *what)
{
	unsigned found = 0;

	while ((text = strstr(text, what)) != NULL) {
		text += strlen(what);
		found++;
	}
	return found;
}

/* How many lines of the file are whole records; the others are in *BROKEN. */
static unsigned
whole_lines(int fd, unsigned *broken)
{
	char *text = text_of(fd);
	unsigned whole = 0;

	*broken = 0;
	for (char *line = strtok(text, "\n"); line != NULL;
	     line = strtok(NULL, "\n")) {
		size_t len = strlen(line);
		const char *tail = " HTTP/1.1\" 200 0 \"-\" \"-\"";
		size_t tail_len = strlen(tail);

		if (strncmp(line, "192.0.2.7 - - [", 15) == 0 &&
		    len > tail_len &&
		    strcmp(line + len - tail_len, tail) == 0 &&
		    count(line, "GET /") == 1)
			whole++;
		else
			++*broken;
	}
	free(text);
	return whole;
}

static void
lines_are_gathered_until_they_are_flushed(void **state)
{
	struct fixture *fixture = *state;
	unsigned broken;

	add(fixture, 1, 0);
	add(fixture, 2, 0);
	assert_int_equal(size_of(fixture->fd), 0);
	http_file_log_flush(&fixture->log);
	assert_int_equal(whole_lines(fixture->fd, &broken), 2);
	size_t size = size_of(fixture->fd);

	http_file_log_flush(&fixture->log);
	assert_int_equal(size_of(fixture->fd), size);
	add(fixture, 3, 0);
	http_file_log_flush(&fixture->log);
	assert_int_equal(whole_lines(fixture->fd, &broken), 3);
	assert_int_equal(broken, 0);
	assert_int_equal(size_of(fixture->said), 0);
}

static void
a_full_buffer_is_written_at_once(void **state)
{
	struct fixture *fixture = *state;
	unsigned broken;

	for (unsigned i = 0; i < 100; i++)
		add(fixture, i, 3000);
	assert_in_range(size_of(fixture->fd), 200000, 310000);
	(void)whole_lines(fixture->fd, &broken);
	assert_int_equal(broken, 0);
	http_file_log_flush(&fixture->log);
	assert_int_equal(whole_lines(fixture->fd, &broken), 100);
	assert_int_equal(broken, 0);
}

static void
lines_bear_the_time(void **state)
{
	struct fixture *fixture = *state;
	char expected[64];
	time_t before = time(NULL) - 1; /* the coarse clock is a tick behind */

	add(fixture, 1, 0);
	http_file_log_flush(&fixture->log);
	char *text = text_of(fixture->fd);
	bool is_found = false;

	for (time_t at = before; at <= time(NULL); at++) {
		strftime(expected, sizeof(expected),
		    "[%d/%b/%Y:%H:%M:%S +0000]", gmtime(&at));
		is_found |= strstr(text, expected) != NULL;
	}
	assert_true(is_found);
	free(text);
}

static void
workers_share_a_file_by_whole_lines(void **state)
{
	enum { WORKERS = 4, LINES = 2000 };
	struct fixture *fixture = *state;
	unsigned broken;

	for (unsigned worker = 0; worker < WORKERS; worker++) {
		if (fork() != 0)
			continue;
		for (unsigned i = 0; i < LINES; i++) {
			add(fixture, worker * LINES + i, i % 700);
			if (i % 10 == 0)
				http_file_log_flush(&fixture->log);
		}
		http_file_log_flush(&fixture->log);
		_exit(0);
	}
	for (unsigned worker = 0; worker < WORKERS; worker++)
		wait(NULL);
	assert_int_equal(whole_lines(fixture->fd, &broken), WORKERS * LINES);
	assert_int_equal(broken, 0);
}

static void
limit_file(rlim_t size)
{
	struct rlimit limit = {size, RLIM_INFINITY};

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void
what_cannot_be_written_is_dropped_counted_and_told_once(void **state)
{
	struct fixture *fixture = *state;
	unsigned broken;

	/* The file takes one line and a half. */
	add(fixture, 1, 100);
	http_file_log_flush(&fixture->log);
	size_t line = size_of(fixture->fd);

	limit_file(line * 5 / 2);
	add(fixture, 2, 100);
	add(fixture, 3, 100);
	add(fixture, 4, 100);
	http_file_log_flush(&fixture->log);
	assert_int_equal(size_of(fixture->fd), line * 5 / 2);
	for (unsigned i = 0; i < 10; i++) {
		add(fixture, 5 + i, 100);
		http_file_log_flush(&fixture->log);
	}
	assert_int_equal(size_of(fixture->fd), line * 5 / 2);

	/* There is room again: a new line begins as a line. */
	limit_file(RLIM_INFINITY);
	add(fixture, 15, 100);
	http_file_log_flush(&fixture->log);
	add(fixture, 16, 100);
	http_file_log_flush(&fixture->log);
	assert_int_equal(whole_lines(fixture->fd, &broken), 4);
	assert_int_equal(broken, 1);
	char *said = text_of(fixture->said);

	assert_int_equal(count(said, "\n"), 2);
	assert_non_null(strstr(said, "File too large: lines are dropped"));
	assert_non_null(strstr(said, "lines dropped: 12\n"));
	free(said);
}

static void
a_full_disk_costs_lines_and_nothing_else(void **state)
{
	struct fixture *fixture = *state;
	int full = open("/dev/full", O_WRONLY | O_APPEND);

	if (full == -1)
		skip();
	fixture->log.fd = full;
	for (unsigned i = 0; i < 200; i++)
		add(fixture, i, 3000);
	http_file_log_flush(&fixture->log);
	fixture->log.fd = fixture->fd;
	add(fixture, 0, 0);
	http_file_log_flush(&fixture->log);
	close(full);
	char *said = text_of(fixture->said);

	assert_int_equal(count(said, "\n"), 2);
	assert_non_null(strstr(said, "No space left on device"));
	assert_non_null(strstr(said, "lines dropped: 200\n"));
	free(said);
}

static void
without_a_file_each_line_is_logged(void **state)
{
	struct fixture *fixture = *state;

	free(fixture->log.buffer);
	assert_true(http_file_log_open(&fixture->log,
	    &(struct http_load_log){
	        .kind = HTTP_LOAD_LOG_SYSLOG, .fd = -1, .is_json = true}));
	add(fixture, 1, 3000);
	char *said = text_of(fixture->said);

	assert_int_equal(count(said, "\n"), 1);
	assert_non_null(strstr(said, "]: {\"time\":\""));
	assert_non_null(strstr(said, "xxx HTTP/1.1\",\"status\":200,"));
	free(said);
	http_file_log_flush(&fixture->log);
}

int
main(void)
{
#define TEST(function)                                                         \
	cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(lines_are_gathered_until_they_are_flushed),
	    TEST(a_full_buffer_is_written_at_once),
	    TEST(lines_bear_the_time),
	    TEST(workers_share_a_file_by_whole_lines),
	    TEST(what_cannot_be_written_is_dropped_counted_and_told_once),
	    TEST(a_full_disk_costs_lines_and_nothing_else),
	    TEST(without_a_file_each_line_is_logged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
