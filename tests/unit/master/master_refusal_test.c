/* What is told of addresses that cannot be had: of sockets that a child of this
 * test has, and of errors that are made up. */
#include "master/master_refusal.h"

#include "master/master_refusal_holder.h"
#include "master/master_refusal_program.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { LINES = 8 };

static char told[LINES][1200];
static size_t told_count;

static void
note(void *context, bool is_error, const char *line)
{
	(void)context;
	assert_true(is_error);
	assert_true(told_count < LINES);
	snprintf(told[told_count++], sizeof(told[0]), "%s", line);
}

static struct settings_listen
listen_on(const char *address, enum transport transport, uint32_t line)
{
	struct settings_listen listen = {
	    .transport = (uint8_t)transport, .line = line};

	assert_null(addr_parse(address, &listen.addr));
	return listen;
}

static void
tell(const struct settings *settings, const struct master_listen_error *error)
{
	told_count = 0;
	master_refusal_tell(settings, error, note, NULL);
}

static void
assert_told(size_t index, const char *part)
{
	assert_true(index < told_count);
	if (strstr(told[index], part) == NULL)
		fail_msg("\"%s\" lacks \"%s\"", told[index], part);
}

/* A UDP socket on ADDRESS, whose port the kernel chooses; ADDRESS then has it.
 */
static int
bound(struct addr *address)
{
	int fd = socket(address->any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, &address->any, address->len), 0);
	assert_int_equal(getsockname(fd, &address->any, &address->len), 0);
	return fd;
}

/* A process that has an UDP socket on 127.0.0.1 and nothing else to do, and
 * whose socket this one no longer has. */
static pid_t
hold(struct addr *address)
{
	*address = (struct addr){
	    .in4 = {.sin_family = AF_INET,
	        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)},
	    .len = sizeof(address->in4),
	};
	int fd = bound(address);
	pid_t pid = fork();

	assert_true(pid != -1);
	if (pid == 0) {
		/* Also when an assertion of its parent fails. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			pause();
	}
	close(fd);
	return pid;
}

static void
release(pid_t pid)
{
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void
a_process_that_may_be_seen_is_named(void **state)
{
	struct settings settings = {.file = "/x.conf", .listen_count = 1};
	const struct master_listen_error error = {1, {{0, EADDRINUSE}}};
	struct addr address;
	char expected[64], other[ADDR_TEXT_MAX];
	pid_t pid = hold(&address);

	(void)state;
	settings.listens[0] = (struct settings_listen){
	    .addr = address, .transport = TRANSPORT_UDP, .line = 7};
	tell(&settings, &error);
	assert_int_equal(told_count, 1);
	assert_told(0, "/x.conf:7: 127.0.0.1:");
	assert_told(0, " (udp): Address already in use: ");
	snprintf(expected, sizeof(expected), "%s (pid %d) has it; ",
	    program_invocation_short_name, (int)pid);
	assert_told(0, expected);
	assert_told(0, "or change or leave out the address here");
	/* All addresses are asked for, of which it has one. */
	snprintf(expected, sizeof(expected), "(pid %d) has %s; ", (int)pid,
	    addr_format(&address, other));
	settings.listens[0].addr.in4.sin_addr.s_addr = htonl(INADDR_ANY);
	tell(&settings, &error);
	assert_int_equal(told_count, 1);
	assert_told(0, expected);
	assert_told(0, "the host's own addresses in place of 0.0.0.0 here");
	release(pid);
}

/* Told in a process of user nobody, who may not look at PID's files. */
static void
tell_as_nobody(
    const struct settings *settings, const struct master_listen_error *error)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();

	assert_true(pid != -1);
	if (pid == 0) {
		if (setresuid(65534, 65534, 65534) == -1)
			_exit(1);
		tell(settings, error);
		_exit(told_count == 1 &&
		              write(ends[1], told[0], strlen(told[0])) > 0
		          ? 0
		          : 1);
	}
	close(ends[1]);
	ssize_t len = read(ends[0], told[0], sizeof(told[0]) - 1);

	close(ends[0]);
	assert_true(len > 0);
	told[0][len] = '\0';
	told_count = 1;
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void
of_another_users_process_the_user_is_named(void **state)
{
	struct settings settings = {.file = "/x.conf", .listen_count = 1};
	const struct master_listen_error error = {1, {{0, EADDRINUSE}}};
	struct addr address;

	(void)state;
	if (geteuid() != 0)
		skip();
	pid_t pid = hold(&address);

	settings.listens[0] = (struct settings_listen){
	    .addr = address, .transport = TRANSPORT_UDP, .line = 7};
	tell_as_nobody(&settings, &error);
	assert_told(0, "Address already in use: user root has it; stop it (ss "
	               "-tulpn shows root which it is), or change or leave out "
	               "the address here");
	release(pid);
}

/* Whose process may not be seen; TCP, so that nobody has it. */
static void
without_a_socket_to_be_seen_something_is_told_all_the_same(void **state)
{
	struct settings settings = {.file = "/x.conf", .listen_count = 2};
	const struct master_listen_error error = {
	    2, {{0, EADDRINUSE}, {1, EADDRINUSE}}};

	(void)state;
	settings.listens[0] = listen_on("127.9.9.9:37", TRANSPORT_TCP, 3);
	settings.listens[1] = listen_on("127.9.9.9:5", TRANSPORT_TCP, 4);
	tell(&settings, &error);
	assert_int_equal(told_count, 2);
	assert_told(
	    0, "/x.conf:3: 127.9.9.9:37 (tcp): Address already in use: ");
	assert_told(0, " has it; ");
	assert_told(1, "another program has it; stop it (ss -tulpn shows root "
	               "which it is), or change");
}

static void
our_own_sockets_are_nobody_elses(void **state)
{
	struct addr address = {
	    .in4 = {.sin_family = AF_INET,
	        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)},
	    .len = sizeof(address.in4),
	};
	struct master_refusal_holder holders[MASTER_REFUSAL_HOLDER_MAX];
	int fd = bound(&address);

	(void)state;
	assert_int_equal(
	    master_refusal_holder_find(&address, TRANSPORT_UDP, holders), 0);
	close(fd);
}

static void
both_transports_of_an_address_are_one_line(void **state)
{
	struct settings settings = {.file = "/x.conf", .listen_count = 3};
	const struct master_listen_error error = {
	    3, {{0, EACCES}, {1, EACCES}, {2, EADDRNOTAVAIL}}};
	char brief[200];

	(void)state;
	settings.listens[0] = listen_on("0.0.0.0:53", TRANSPORT_UDP, 12);
	settings.listens[1] = listen_on("0.0.0.0:53", TRANSPORT_TCP, 12);
	settings.listens[2] = listen_on("192.0.2.1:80", TRANSPORT_TCP, 13);
	tell(&settings, &error);
	assert_int_equal(told_count, 2);
	assert_told(
	    0, "/x.conf:12: 0.0.0.0:53 (udp and tcp): Permission denied: ");
	assert_told(0, "CAP_NET_BIND_SERVICE");
	assert_told(0, "net.ipv4.ip_unprivileged_port_start");
	assert_told(1,
	    "/x.conf:13: 192.0.2.1:80 (tcp): Cannot assign requested "
	    "address: no interface of this host has it");
	master_refusal_brief(&settings, &error, brief, sizeof(brief));
	assert_string_equal(brief,
	    "/x.conf:12: 0.0.0.0:53 (udp): Permission denied (and 2 more)");
}

static void
the_exit_status_says_whether_to_try_again(void **state)
{
	static const struct {
		struct master_listen_error error;
		bool may_pass;
		int status;
	} cases[] = {
	    {{1, {{0, EADDRINUSE}}}, true, MASTER_EXIT_CONFIG},
	    {{1, {{0, EADDRNOTAVAIL}}}, true, 1},
	    {{2, {{0, EADDRNOTAVAIL}, {1, EADDRINUSE}}}, true,
	        MASTER_EXIT_CONFIG},
	    {{1, {{0, EACCES}}}, false, MASTER_EXIT_CONFIG},
	    {{1, {{0, EAFNOSUPPORT}}}, false, MASTER_EXIT_CONFIG},
	    {{1, {{0, ENOMEM}}}, false, 1},
	    {{2, {{0, EADDRNOTAVAIL}, {1, EMFILE}}}, false, 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(master_refusal_may_pass(&cases[i].error),
		    cases[i].may_pass);
		assert_int_equal(master_refusal_exit_status(&cases[i].error),
		    cases[i].status);
	}
}

static void
a_unit_is_found_in_either_version_of_cgroups(void **state)
{
	static const struct {
		const char *line, *unit; /* NULL: none */
	} cases[] = {
	    {"0::/system.slice/nginx.service\n", "nginx"},
	    {"1:name=systemd:/system.slice/nginx.service\n", "nginx"},
	    {"0::/system.slice/system-nsd.slice/nsd@1.service", "nsd@1"},
	    {"0::/user.slice/user-1000.slice/user@1000.service/app.slice/"
	     "web.service\n",
	        NULL},
	    {"0::/user.slice/user-1000.slice/session-1.scope\n", NULL},
	    {"0::/init.scope\n", NULL},
	    {"0::/\n", NULL},
	    {"0::/.service\n", NULL},
	    {"8:pids:\n", NULL},
	    {"", NULL},
	    {"0::/system.slice/"
	     "a-name-that-is-longer-than-any-that-has-ever-been-seen-here."
	     "service",
	        NULL},
	};
	char unit[40];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bool is_found = master_refusal_holder_unit(
		    cases[i].line, unit, sizeof(unit));

		assert_int_equal(is_found, cases[i].unit != NULL);
		if (is_found)
			assert_string_equal(unit, cases[i].unit);
	}
}

static void
programs_are_guessed_by_user_or_by_port(void **state)
{
	const struct master_refusal_program
	    *found[MASTER_REFUSAL_PROGRAM_GUESSES];

	(void)state;
	assert_int_equal(
	    master_refusal_program_guess("systemd-resolve", 53, found), 1);
	assert_string_equal(found[0]->name, "systemd-resolved");
	assert_int_equal(
	    master_refusal_program_guess("_chrony", 123, found), 1);
	assert_string_equal(found[0]->unit, "chrony");
	assert_int_equal(
	    master_refusal_program_guess("somebody", 80, found), 0);
	assert_true(master_refusal_program_guess("root", 80, found) > 1);
	assert_string_equal(found[0]->name, "nginx");
	assert_int_equal(master_refusal_program_guess("root", 12345, found), 0);
	assert_int_equal(master_refusal_program_guess(NULL, 12345, found), 0);
	assert_non_null(master_refusal_program_find("systemd-resolved"));
	assert_null(master_refusal_program_find("python3.11"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_process_that_may_be_seen_is_named),
	    cmocka_unit_test(of_another_users_process_the_user_is_named),
	    cmocka_unit_test(
	        without_a_socket_to_be_seen_something_is_told_all_the_same),
	    cmocka_unit_test(our_own_sockets_are_nobody_elses),
	    cmocka_unit_test(both_transports_of_an_address_are_one_line),
	    cmocka_unit_test(the_exit_status_says_whether_to_try_again),
	    cmocka_unit_test(a_unit_is_found_in_either_version_of_cgroups),
	    cmocka_unit_test(programs_are_guessed_by_user_or_by_port),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
