/* Sockets that no slot has any more: who empties them. */
#include "core/control.h"
#include "master/master_drain.h"
#include "master/master_listen.h"
#include "master/master_surplus.h"
#include "service.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { WORKERS = 2 };

static struct {
	struct master master;
	struct master_generation generation;
	struct settings settings;
	struct master_adopted adopted;
	struct master_worker workers[WORKERS];
	int told[WORKERS];
} rig;

/* echo on 127.0.0.1:7, whose role has two workers; the first is not READY. */
static int
set_up(void **state)
{
	struct settings_listen *listen = &rig.settings.listens[0];

	(void)state;
	memset(&rig, 0, sizeof(rig));
	rig.master.pid = getpid();
	rig.master.current = &rig.generation;
	rig.generation.settings = &rig.settings;
	rig.settings.listen_count = 1;
	assert_null(addr_parse("127.0.0.1:7", &listen->addr));
	while (strcmp(services[listen->service]->name, "echo") != 0)
		listen->service++;
	rig.settings.roles[ROLE_LAB].workers = WORKERS;
	for (unsigned i = 0; i < WORKERS; i++) {
		int pair[2];

		assert_int_equal(
		    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
		rig.workers[i].control.fd = pair[0];
		rig.workers[i].phase = MASTER_PHASE_READY;
		rig.told[i] = pair[1];
		rig.generation.slots[ROLE_LAB][i].worker = &rig.workers[i];
	}
	rig.workers[0].phase = MASTER_PHASE_STARTING;
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	for (unsigned i = 0; i < WORKERS; i++) {
		close(rig.workers[i].control.fd);
		close(rig.told[i]);
	}
	return 0;
}

static int
adopt(const char *address, bool is_own)
{
	struct master_adopted_socket *one =
	    &rig.adopted.sockets[rig.adopted.count++];

	*one = (struct master_adopted_socket){
	    .fd = socket(AF_INET, SOCK_DGRAM, 0),
	    .is_socket = true,
	    .is_own = is_own,
	};
	assert_null(addr_parse(address, &one->addr));
	return one->fd;
}

static bool
is_open(int fd)
{
	return fcntl(fd, F_GETFD) != -1;
}

/* Worker NUMBER has been told KIND, with COUNT sockets. */
static void
assert_told(unsigned number, enum control_kind kind, unsigned count)
{
	struct control_message message;

	assert_int_equal(control_receive(rig.told[number], &message), 1);
	assert_int_equal(message.kind, kind);
	assert_int_equal(message.socket_count, count);
	for (unsigned i = 0; i < count; i++)
		close(message.sockets[i].fd);
}

static void
assert_told_nothing(unsigned number)
{
	struct control_message message;

	assert_int_equal(control_receive(rig.told[number], &message), -1);
	assert_int_equal(errno, EAGAIN);
}

static void
one_of_ours_goes_to_a_worker_that_is_ready(void **state)
{
	struct control_message message;
	int fd = adopt("127.0.0.1:7", true);

	(void)state;
	master_surplus_take(&rig.master, &rig.settings, &rig.adopted);
	assert_true(is_open(fd));
	master_surplus_hand_out(&rig.master, &rig.master.surplus);
	assert_false(is_open(fd));
	assert_int_equal(control_receive(rig.told[0], &message), -1);
	assert_int_equal(control_receive(rig.told[1], &message), 1);
	assert_int_equal(message.kind, CONTROL_EMPTY);
	assert_int_equal(message.socket_count, 1);
	assert_int_equal(
	    message.sockets[0].service, rig.settings.listens[0].service);
	close(message.sockets[0].fd);
	assert_null(rig.master.surplus);
}

static void
what_is_nobodys_is_closed(void **state)
{
	int other = adopt("127.0.0.1:9", true);
	int foreign = adopt("127.0.0.1:7", false);

	(void)state;
	master_surplus_take(&rig.master, &rig.settings, &rig.adopted);
	assert_false(is_open(other));
	assert_false(is_open(foreign));
	assert_null(rig.master.surplus);
}

static void
without_a_worker_it_is_closed(void **state)
{
	int fd = adopt("127.0.0.1:7", true);

	(void)state;
	rig.workers[1].phase = MASTER_PHASE_DRAINING;
	master_surplus_take(&rig.master, &rig.settings, &rig.adopted);
	master_surplus_hand_out(&rig.master, &rig.master.surplus);
	assert_false(is_open(fd));
	assert_null(rig.master.surplus);
}

/* A socket that a reload retires. */
static struct master_listener *
retire(uint16_t service, bool is_shared)
{
	struct master_listener *listener = calloc(1, sizeof(*listener));

	assert_non_null(listener);
	listener->socket.fd = socket(AF_INET, SOCK_DGRAM, 0);
	listener->socket.service = service;
	assert_null(addr_parse("127.0.0.1:9", &listener->socket.addr));
	listener->role = ROLE_LAB;
	listener->is_shared = is_shared;
	return listener;
}

static void
one_that_a_reload_retires_goes_to_a_worker_too(void **state)
{
	uint16_t service = (uint16_t)rig.settings.listens[0].service;
	struct master_listener *list = retire(service, true);

	(void)state;
	list->next = retire(service, false);
	int fds[] = {list->socket.fd, list->next->socket.fd};

	master_surplus_hand_out(&rig.master, &list);
	assert_null(list);
	assert_false(is_open(fds[0]));
	assert_false(is_open(fds[1]));
	assert_told(1, CONTROL_EMPTY, 1);
	/* What others have as well is theirs to empty. */
	assert_told_nothing(1);
}

static void
one_that_no_worker_knows_is_closed(void **state)
{
	uint16_t service = (uint16_t)rig.settings.listens[0].service;
	struct master_listener *list = retire((uint16_t)(service + 1), false);
	int fd = list->socket.fd;

	(void)state;
	master_surplus_hand_out(&rig.master, &list);
	assert_false(is_open(fd));
	assert_told_nothing(1);
}

/* WORKER, of the generation that goes, whose process has ended. */
static void
die(struct master_worker *worker, unsigned slot)
{
	siginfo_t info;

	*worker = (struct master_worker){
	    .control.fd = worker->control.fd,
	    .pid = fork(),
	    .role = ROLE_LAB,
	    .slot = slot,
	    .generation = &rig.generation,
	    .next = rig.master.workers,
	};
	if (worker->pid == 0)
		_exit(0);
	assert_int_equal(
	    waitid(P_PID, (id_t)worker->pid, &info, WEXITED | WNOWAIT), 0);
	rig.master.workers = worker;
}

/* Worker 0's death has not come to its control socket. */
static void
what_the_dead_were_to_retire_is_left(void **state)
{
	struct master_listener *list = retire(0, false), *left = list;

	(void)state;
	list->slot = 1;
	list->next = retire(0, false);
	for (unsigned i = 0; i < WORKERS; i++)
		die(&rig.workers[i], i);
	close(rig.told[1]);
	rig.told[1] = -1;
	master_drain_generation(&rig.master, &rig.generation, 1000, &list);
	assert_ptr_equal(list, left);
	assert_null(list->next);
	assert_told(0, CONTROL_RETIRE, 1);
	assert_told(0, CONTROL_DRAIN, 0);
	master_listen_close(&list);
	for (unsigned i = 0; i < WORKERS; i++)
		waitpid(rig.workers[i].pid, NULL, 0);
}

#define RIGGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    RIGGED(one_of_ours_goes_to_a_worker_that_is_ready),
	    RIGGED(what_is_nobodys_is_closed),
	    RIGGED(without_a_worker_it_is_closed),
	    RIGGED(one_that_a_reload_retires_goes_to_a_worker_too),
	    RIGGED(one_that_no_worker_knows_is_closed),
	    RIGGED(what_the_dead_were_to_retire_is_left),
	};

	return cmocka_run_group_tests_name("master_surplus", tests, NULL, NULL);
}
