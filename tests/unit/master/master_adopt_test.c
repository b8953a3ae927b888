/* Sockets that are passed in: which are whose, and which slot gets which. */
#include "master/master_adopt.h"
#include "master/master_listen.h"
#include "master/master_socket.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

enum { FIRST = 3, SLOTS = 3, PASSED_MAX = 8 };

static struct {
	struct master master;
	struct settings settings;
	struct master_adopted adopted;
	struct settings_listen *listen; /* the one address at work */
	size_t passed;                  /* descriptors from FIRST on */
	char names[PASSED_MAX * MASTER_NAME_MAX];
} rig;

static unsigned
service_of(const char *name)
{
	unsigned index = 0;

	while (strcmp(services[index]->name, name) != 0)
		index++;
	return index;
}

/* daytime in SLOTS slots, on a port that was free just now for UDP, of a
 * loopback address that no other process uses: a test asks there for the port
 * by TCP. */
static int
set_up(void **state)
{
	struct addr addr = {
	    .in4 = {.sin_family = AF_INET,
	        .sin_addr.s_addr =
	            htonl(0x7f4d0000U | ((uint32_t)getpid() & 0xffff))},
	    .len = sizeof(addr.in4),
	};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	(void)state;
	assert_int_equal(bind(fd, &addr.any, addr.len), 0);
	assert_int_equal(getsockname(fd, &addr.any, &addr.len), 0);
	close(fd);
	memset(&rig, 0, sizeof(rig));
	rig.master.pid = getpid();
	rig.listen = rig.settings.listens;
	*rig.listen = (struct settings_listen){
	    .addr = addr,
	    .service = (uint8_t)service_of("daytime"),
	    .transport = TRANSPORT_UDP,
	};
	rig.settings.listen_count = 1;
	rig.settings.roles[ROLE_TIME].workers = SLOTS;
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	master_listen_close(&rig.master.listeners);
	for (size_t i = 0; i < rig.passed; i++)
		close(FIRST + (int)i);
	return 0;
}

/* Passes in a socket of the address, called NAME; returns its number. */
static int
pass(const char *name)
{
	int fd = master_socket_open(&rig.listen->addr,
	    (enum transport)rig.listen->transport,
	    services[rig.listen->service]);
	int target = FIRST + (int)rig.passed;

	assert_true(fd >= 0);
	if (fd != target) {
		assert_int_equal(dup2(fd, target), target);
		close(fd);
	}
	snprintf(rig.names + strlen(rig.names),
	    sizeof(rig.names) - strlen(rig.names), "%s%s",
	    rig.passed++ == 0 ? "" : ":", name);
	return target;
}

/* … of SLOT of our own. */
static int
pass_own(unsigned slot)
{
	const struct heritage_socket socket = {
	    .service = rig.listen->service,
	    .transport = rig.listen->transport,
	    .is_proxied = rig.listen->is_proxied,
	    .addr = rig.listen->addr,
	};
	char name[MASTER_NAME_MAX];

	return pass(master_name_make(&socket, slot, name));
}

static void
read_environment(void)
{
	char text[32];

	snprintf(text, sizeof(text), "%zu", rig.passed);
	setenv("LISTEN_FDS", text, 1);
	snprintf(text, sizeof(text), "%d", (int)getpid());
	setenv("LISTEN_PID", text, 1);
	setenv("LISTEN_FDNAMES", rig.names, 1);
	master_adopt_read(&rig.adopted);
	assert_null(getenv("LISTEN_FDS"));
	assert_null(getenv("LISTEN_PID"));
	assert_null(getenv("LISTEN_FDNAMES"));
}

/* Reads the environment and opens all; the listener of SLOT is of_slot(SLOT).
 */
static void
listen_on_all(void)
{
	struct master_listen_error error = {0};

	read_environment();
	if (!master_listen_open(
	        &rig.master, &rig.settings, &rig.adopted, &error))
		fail_msg("%zu addresses were not bound", error.count);
}

static const struct master_listener *
of_slot(unsigned slot)
{
	const struct master_listener *one = rig.master.listeners;

	while (one != NULL && one->slot != slot)
		one = one->next;
	assert_non_null(one);
	return one;
}

static size_t
count_left(void)
{
	size_t left = 0;

	for (size_t i = 0; i < rig.adopted.count; i++)
		left += rig.adopted.sockets[i].fd != -1;
	return left;
}

static void
each_slot_takes_the_one_of_its_name(void **state)
{
	int third = pass_own(2), first = pass_own(0), second = pass_own(1);

	(void)state;
	listen_on_all();
	assert_int_equal(of_slot(0)->socket.fd, first);
	assert_int_equal(of_slot(1)->socket.fd, second);
	assert_int_equal(of_slot(2)->socket.fd, third);
	for (unsigned slot = 0; slot < SLOTS; slot++) {
		assert_int_equal(of_slot(slot)->origin, MASTER_ORIGIN_OWN);
		assert_false(of_slot(slot)->is_shared);
		assert_true(
		    fcntl(of_slot(slot)->socket.fd, F_GETFD) == FD_CLOEXEC);
	}
	rig.passed = 0; /* they belong to the listeners now */
}

/* Slot 0's is missing: it must not take what is slot 1's. */
static void
a_slot_without_one_takes_what_is_left_or_opens_its_own(void **state)
{
	int second = pass_own(1), surplus = pass_own(5);

	(void)state;
	listen_on_all();
	assert_int_equal(of_slot(1)->socket.fd, second);
	assert_int_equal(of_slot(0)->socket.fd, surplus);
	assert_true(of_slot(2)->socket.fd > surplus);
	assert_int_equal(of_slot(2)->origin, MASTER_ORIGIN_OWN);
	rig.passed = 0;
}

/* More than there are slots, such as after a change of the configuration. */
static void
what_no_slot_wants_is_left(void **state)
{
	(void)state;
	for (unsigned slot = 0; slot < SLOTS + 2; slot++)
		pass_own(slot);
	listen_on_all();
	assert_int_equal(count_left(), 2);
	master_adopt_close(&rig.adopted);
	rig.passed = 0;
}

static void
a_change_of_proxied_keeps_the_sockets(void **state)
{
	int first, second;

	(void)state;
	rig.listen->transport = TRANSPORT_TCP;
	first = pass_own(0);
	second = pass_own(1);
	rig.listen->is_proxied = true;
	rig.settings.roles[ROLE_TIME].workers = 2;
	listen_on_all();
	assert_int_equal(
	    of_slot(0)->socket.fd + of_slot(1)->socket.fd, first + second);
	assert_true(of_slot(0)->socket.is_proxied);
	assert_int_equal(count_left(), 0);
	rig.passed = 0;
}

static void
those_of_others_are_known_by_their_names(void **state)
{
	int fd = pass("netlabd.socket");

	(void)state;
	listen_on_all();
	assert_int_equal(of_slot(0)->socket.fd, fd);
	assert_int_equal(of_slot(0)->origin, MASTER_ORIGIN_PASSED);
	assert_true(of_slot(0)->is_shared);
	assert_int_not_equal(of_slot(1)->origin, MASTER_ORIGIN_PASSED);
	rig.passed = 0;
}

/* 127.0.0.1:53 of our own, kept by the service manager, is nobody who is in the
 * way of 0.0.0.0:53. */
static void
a_wider_address_is_ours_as_well(void **state)
{
	(void)state;
	pass_own(0);
	rig.listen->addr.in4.sin_addr.s_addr = htonl(INADDR_ANY);
	listen_on_all();
	assert_int_equal(count_left(), 1);
	master_adopt_close(&rig.adopted);
	rig.passed = 0;
}

/* The bind that fails gives the rest of the start another try: nothing that the
 * service manager keeps may then look like a stranger's. */
static void
what_was_given_up_is_no_stranger(void **state)
{
	struct master_listen_error error;

	(void)state;
	pass_own(0);
	listen_on_all();
	int kept = dup(of_slot(0)->socket.fd); /* in the fd store */

	master_listen_abandon(&rig.master);
	assert_null(rig.master.listeners);
	assert_true(master_listen_open(
	    &rig.master, &rig.settings, &rig.adopted, &error));
	close(kept);
	rig.passed = 0;
}

static void
the_next_program_finds_all_by_their_names(void **state)
{
	struct master_named_socket named[PASSED_MAX];

	(void)state;
	pass("netlabd.socket");
	listen_on_all();
	size_t count = master_listen_names(&rig.master, named, PASSED_MAX);

	assert_true(count >= 1 && count <= SLOTS);
	assert_string_equal(named[0].name, "passed-in");
	for (size_t i = 1; i < count; i++)
		assert_true(master_name_is_ours(
		    named[i].name, &rig.listen->addr, TRANSPORT_UDP));
	rig.passed = 0;
}

static void
what_is_no_socket_is_left(void **state)
{
	int fd = open("/dev/null", O_RDONLY);

	(void)state;
	assert_int_equal(dup2(fd, FIRST), FIRST);
	if (fd != FIRST)
		close(fd);
	rig.passed = 1;
	read_environment();
	assert_int_equal(rig.adopted.count, 1);
	assert_false(rig.adopted.sockets[0].is_socket);
	assert_false(
	    master_adopt_has(&rig.adopted, &rig.listen->addr, TRANSPORT_UDP));
	master_adopt_close(&rig.adopted);
	assert_int_equal(fcntl(FIRST, F_GETFD), -1);
	rig.passed = 0;
}

static void
what_is_not_open_is_nobodys(void **state)
{
	(void)state;
	close(FIRST);
	close(FIRST + 1);
	rig.passed = 2;
	read_environment();
	rig.passed = 0;
	assert_int_equal(rig.adopted.count, 0);
	/* Its number is another file's now, and stays so. */
	assert_int_equal(open("/dev/null", O_RDONLY), FIRST);
	master_adopt_close(&rig.adopted);
	assert_int_not_equal(fcntl(FIRST, F_GETFD), -1);
	close(FIRST);
}

#define RIGGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    RIGGED(each_slot_takes_the_one_of_its_name),
	    RIGGED(a_slot_without_one_takes_what_is_left_or_opens_its_own),
	    RIGGED(what_no_slot_wants_is_left),
	    RIGGED(a_change_of_proxied_keeps_the_sockets),
	    RIGGED(those_of_others_are_known_by_their_names),
	    RIGGED(a_wider_address_is_ours_as_well),
	    RIGGED(what_was_given_up_is_no_stranger),
	    RIGGED(the_next_program_finds_all_by_their_names),
	    RIGGED(what_is_no_socket_is_left),
	    RIGGED(what_is_not_open_is_nobodys),
	};

	return cmocka_run_group_tests_name("master_adopt", tests, NULL, NULL);
}
