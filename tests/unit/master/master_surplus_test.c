/* Sockets that no slot has any more: who empties them. */
#include "core/control.h"
#include "master/master_listen.h"
#include "master/master_surplus.h"
#include "service.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
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

static void
one_of_ours_goes_to_a_worker_that_is_ready(void **state)
{
	struct control_message message;
	int fd = adopt("127.0.0.1:7", true);

	(void)state;
	master_surplus_take(&rig.master, &rig.settings, &rig.adopted);
	assert_true(is_open(fd));
	master_surplus_hand_out(&rig.master);
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
	master_surplus_hand_out(&rig.master);
	assert_false(is_open(fd));
	assert_null(rig.master.surplus);
}

#define RIGGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    RIGGED(one_of_ours_goes_to_a_worker_that_is_ready),
	    RIGGED(what_is_nobodys_is_closed),
	    RIGGED(without_a_worker_it_is_closed),
	};

	return cmocka_run_group_tests_name("master_surplus", tests, NULL, NULL);
}
