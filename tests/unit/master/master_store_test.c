/* What the service manager is told of our sockets, and what else it is told. */
#include "master/master_listen.h"
#include "master/master_notify.h"
#include "master/master_store.h"
#include "master/master_watchdog.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

enum { SLOTS = 3 };

static struct {
	int manager; /* what hears us */
	struct master master;
	struct master_listener listeners[SLOTS];
	char text[1024]; /* the message that was taken last */
	bool has_fd;     /* … and whether a descriptor came with it */
} rig;

static int
open_manager(void **state)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	(void)state;
	snprintf(address.sun_path + 1, sizeof(address.sun_path) - 1,
	    "netlabd-store-test-%d", (int)getpid());
	socklen_t len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
	                            strlen(address.sun_path + 1));

	rig.manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	assert_int_equal(
	    bind(rig.manager, (struct sockaddr *)&address, len), 0);
	address.sun_path[0] = '@';
	setenv("NOTIFY_SOCKET", address.sun_path, 1);
	setenv("WATCHDOG_USEC", "3000000", 1);
	setenv("FDSTORE", "2", 1);
	master_notify_open();
	assert_null(getenv("NOTIFY_SOCKET"));
	assert_null(getenv("WATCHDOG_USEC"));
	assert_null(getenv("FDSTORE"));
	return 0;
}

/* Slot 0, 1 and 2 of one address, in the order in which they are listed last
 * to first. */
static int
set_up(void **state)
{
	(void)state;
	memset(&rig.master, 0, sizeof(rig.master));
	memset(rig.listeners, 0, sizeof(rig.listeners));
	rig.master.pid = getpid();
	rig.master.state = MASTER_RUNNING;
	for (unsigned i = 0; i < SLOTS; i++) {
		struct master_listener *one = &rig.listeners[i];

		assert_null(addr_parse("127.0.0.1:9", &one->socket.addr));
		one->socket.fd = socket(AF_INET, SOCK_DGRAM, 0);
		one->slot = i;
		one->next = rig.master.listeners;
		rig.master.listeners = one;
	}
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	for (unsigned i = 0; i < SLOTS; i++)
		close(rig.listeners[i].socket.fd);
	while (recv(rig.manager, rig.text, sizeof(rig.text), 0) != -1)
		continue;
	return 0;
}

/* Takes one message into rig.text; false: there is none. */
static bool
take(void)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} rights;
	struct iovec part = {rig.text, sizeof(rig.text) - 1};
	struct msghdr message = {
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = rights.bytes,
	    .msg_controllen = sizeof(rights.bytes),
	};
	ssize_t len = recvmsg(rig.manager, &message, MSG_CMSG_CLOEXEC);

	if (len == -1)
		return false;
	rig.text[len] = '\0';
	rig.has_fd = CMSG_FIRSTHDR(&message) != NULL;
	if (rig.has_fd) {
		int fd;

		memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fd));
		close(fd);
	}
	return true;
}

static const char *
name_of(unsigned slot)
{
	static char name[MASTER_NAME_MAX];

	return master_name_make(&rig.listeners[slot].socket, slot, name);
}

static void
assert_forgotten(unsigned slot)
{
	char wanted[1024];

	snprintf(wanted, sizeof(wanted), "FDSTOREREMOVE=1\nFDNAME=%s",
	    name_of(slot));
	assert_true(take());
	assert_string_equal(rig.text, wanted);
	assert_false(rig.has_fd);
}

/* What it may have by that name goes first. */
static void
assert_kept(unsigned slot)
{
	char wanted[1024];

	assert_forgotten(slot);
	snprintf(wanted, sizeof(wanted), "FDSTORE=1\nFDPOLL=0\nFDNAME=%s",
	    name_of(slot));
	assert_true(take());
	assert_string_equal(rig.text, wanted);
	assert_true(rig.has_fd);
	assert_true(rig.listeners[slot].is_stored);
}

static void
the_first_slots_are_kept_as_far_as_there_is_room(void **state)
{
	(void)state;
	master_store_update(&rig.master);
	assert_kept(0);
	assert_kept(1);
	assert_false(take());
	assert_false(rig.listeners[2].is_stored);
	assert_int_equal(master_store_next_ms(&rig.master), UINT64_MAX);
	/* Nothing is said twice. */
	master_store_update(&rig.master);
	assert_false(take());
}

static void
what_goes_makes_room(void **state)
{
	(void)state;
	master_store_update(&rig.master);
	assert_kept(0);
	assert_kept(1);
	/* Slot 0's is retired. */
	rig.listeners[1].next = NULL;
	master_store_forget_all(&rig.master, &rig.listeners[0]);
	assert_forgotten(0);
	assert_kept(2);
	assert_false(take());
}

static void
only_our_own_are_kept_and_only_when_committed(void **state)
{
	(void)state;
	rig.listeners[0].origin = MASTER_ORIGIN_PASSED;
	rig.listeners[1].origin = MASTER_ORIGIN_COPY;
	rig.listeners[2].is_fresh = true;
	master_store_update(&rig.master);
	assert_false(take());
	rig.listeners[2].is_fresh = false;
	rig.master.state = MASTER_STARTING;
	master_store_update(&rig.master);
	assert_false(take());
	rig.master.state = MASTER_RELOADING;
	master_store_update(&rig.master);
	assert_kept(2);
	assert_false(take());
}

/* The queue of the manager's socket is full: nothing waits, nothing is lost. */
static void
a_busy_manager_is_told_later(void **state)
{
	(void)state;
	while (master_notify_with(-1, "WATCHDOG=1"))
		continue;
	assert_int_equal(errno, EAGAIN);
	rig.listeners[2].is_stored = true;
	rig.listeners[1].next = NULL;
	rig.master.listeners = &rig.listeners[1];
	master_store_forget_all(&rig.master, &rig.listeners[2]);
	uint64_t retry_ms = master_store_next_ms(&rig.master);

	assert_true(retry_ms != UINT64_MAX);
	assert_false(rig.listeners[1].is_stored);
	while (take())
		assert_string_equal(rig.text, "WATCHDOG=1");
	master_store_tick(&rig.master, retry_ms - 1);
	assert_false(take());
	master_store_tick(&rig.master, retry_ms);
	assert_forgotten(2);
	assert_kept(1);
	assert_false(take());
	assert_int_equal(master_store_next_ms(&rig.master), UINT64_MAX);
}

static void
the_watchdog_hears_us_twice_as_often_as_it_must(void **state)
{
	(void)state;
	assert_int_equal(master_notify_watchdog_ms(), 1500);
	master_watchdog_begin(&rig.master);
	uint64_t first_ms = master_watchdog_next_ms(&rig.master);

	assert_true(first_ms <= master_now_ms());
	master_watchdog_tick(&rig.master, first_ms);
	assert_true(take());
	assert_string_equal(rig.text, "WATCHDOG=1");
	assert_int_equal(master_watchdog_next_ms(&rig.master), first_ms + 1500);
	master_watchdog_tick(&rig.master, first_ms + 1499);
	assert_false(take());
}

/* This process makes progress, and one that only waits does not. */
static void
time_is_asked_for_while_a_loader_makes_progress(void **state)
{
	(void)state;
	rig.master.loading.pid = getpid();
	master_watchdog_loading(&rig.master);
	uint64_t due_ms = master_watchdog_next_ms(&rig.master);

	assert_true(due_ms > master_now_ms());
	master_watchdog_tick(&rig.master, due_ms);
	assert_true(take());
	assert_string_equal(rig.text, "EXTEND_TIMEOUT_USEC=30000000");
	rig.master.watchdog.loader_ns = UINT64_MAX; /* as much as it has used */
	master_watchdog_tick(&rig.master, master_watchdog_next_ms(&rig.master));
	assert_false(take());
}

/* Last, for it changes the environment. */
static void
the_next_program_finds_the_manager(void **state)
{
	(void)state;
	assert_true(master_notify_hand_on());
	assert_non_null(getenv("NOTIFY_SOCKET"));
	assert_string_equal(getenv("WATCHDOG_USEC"), "3000000");
	assert_string_equal(getenv("FDSTORE"), "2");
	assert_null(getenv("WATCHDOG_PID"));
}

#define RIGGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    RIGGED(the_first_slots_are_kept_as_far_as_there_is_room),
	    RIGGED(what_goes_makes_room),
	    RIGGED(only_our_own_are_kept_and_only_when_committed),
	    RIGGED(a_busy_manager_is_told_later),
	    RIGGED(the_watchdog_hears_us_twice_as_often_as_it_must),
	    RIGGED(time_is_asked_for_while_a_loader_makes_progress),
	    RIGGED(the_next_program_finds_the_manager),
	};

	return cmocka_run_group_tests_name(
	    "master_store", tests, open_manager, NULL);
}
