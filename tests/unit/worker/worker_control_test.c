/* What the master tells a real worker: stop, drain, lend, retire, stay. */
#include "worker_room.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/resource.h>

static void
test_stop_closes_idle_connections_and_exits_0(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "x");
	expect(fd, "x");
	tell(CONTROL_STOP, WAIT_MS);
	assert_int_equal(read_all(fd, 1), 0);
	close(fd);
	assert_int_equal(exit_status(), 0);
}

static void
test_drain_finishes_what_is_in_flight(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "f");
	expect(fd, "f");
	tell(CONTROL_STOP, WAIT_MS);
	assert_int_equal(read_all(fd, FILE_SIZE), FILE_SIZE);
	close(fd);
	assert_int_equal(exit_status(), 0);
}

static void
test_stop_lets_a_wait_end(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "p");
	expect(fd, "p");
	tell(CONTROL_STOP, 10 * WAIT_MS);
	expect(fd, "P");
	assert_int_equal(read_all(fd, 1), 0);
	close(fd);
	assert_int_equal(exit_status(), 0);
}

static void
test_worker_flushes_before_it_goes(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "x");
	expect(fd, "x");
	tell(CONTROL_STOP, 0);
	assert_int_equal(exit_status(), 0);
	assert_true(told->steps > 0);
	assert_int_equal(told->flushed_steps, told->steps);
	close(fd);
}

/* Its answer was made before the stop, as one after which the connection stays:
 * who then asks nothing more must not hold the daemon up. */
static void
test_stop_closes_a_connection_that_falls_idle_during_it(void **state)
{
	int file = tcp(), big = tcp();
	char asked[60];

	(void)state;
	memset(asked, 'b', sizeof(asked));
	say(file, "f");
	expect(file, "f");
	assert_int_equal(send(big, asked, sizeof(asked), 0), sizeof(asked));
	expect(big, "b");
	tell(CONTROL_STOP, 10 * WAIT_MS);
	assert_int_equal(read_all(file, SIZE_MAX), FILE_SIZE);
	assert_int_equal(read_all(big, SIZE_MAX), sizeof(asked) * 100000UL - 1);
	close(file);
	close(big);
	assert_int_equal(exit_status(), 0);
}

static void
test_drain_ends_at_its_deadline(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "f");
	expect(fd, "f");
	tell(CONTROL_STOP, 300);
	assert_int_equal(exit_status(), 0);
	close(fd);
}

static void
test_worker_goes_with_its_master(void **state)
{
	(void)state;
	close(rig.control);
	assert_int_equal(exit_status(), 0);
	rig.control = -1;
}

static void
test_worker_flushes_before_it_goes_with_its_master(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "x");
	expect(fd, "x");
	close(rig.control);
	assert_int_equal(exit_status(), 0);
	assert_true(told->steps > 0);
	assert_int_equal(told->flushed_steps, told->steps);
	rig.control = -1;
	close(fd);
}

static void
test_lent_sockets_are_served_until_recalled(void **state)
{
	struct control_message lend = {
	    .kind = CONTROL_LEND, .argument = 1, .socket_count = 2};
	int fd;

	(void)state;
	lend.sockets[0] = bind_one(TRANSPORT_UDP, "127.0.0.1:1");
	lend.sockets[1] = bind_one(TRANSPORT_TCP, "127.0.0.1:1");
	assert_true(control_send(rig.control, &lend));
	for (int i = 0; i < 2; i++) {
		char byte = 'x';

		fd = client_to(&lend.sockets[i]);
		assert_int_equal(send(fd, &byte, 1, 0), 1);
		assert_int_equal(recv(fd, &byte, 1, 0), 1);
		close(fd);
	}
	tell(CONTROL_RECALL, 1);
	fd = tcp(); /* asked after the recall was read: its own are served */
	say(fd, "x");
	expect(fd, "x");
	close(fd);
	close(lend.sockets[0].fd);
	close(lend.sockets[1].fd);
}

/* Whether the worker has used every descriptor below LIMIT. */
static bool
has_all_below(rlim_t limit)
{
	char path[64];
	rlim_t count = 0;
	const struct dirent *entry;

	snprintf(path, sizeof(path), "/proc/%d/fd", (int)rig.pid);
	DIR *folder = opendir(path);

	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL)
		if (entry->d_name[0] != '.' &&
		    strtoul(entry->d_name, NULL, 10) < limit)
			count++;
	closedir(folder);
	return count == limit;
}

/* All that its clients may have are in use: those that the message brings come
 * out of what is set aside. */
static void
test_worker_without_descriptors_takes_what_it_is_lent(void **state)
{
	enum { CLIENTS = 50, DESCRIPTORS = 40 };
	struct control_message lend = {
	    .kind = CONTROL_LEND, .argument = 1, .socket_count = 1};
	struct rlimit limit;
	int fds[CLIENTS];
	char byte = 'x';

	(void)state;
	assert_int_equal(prlimit(rig.pid, RLIMIT_NOFILE, NULL, &limit), 0);
	limit.rlim_cur = DESCRIPTORS;
	assert_int_equal(prlimit(rig.pid, RLIMIT_NOFILE, &limit, NULL), 0);
	for (int i = 0; i < CLIENTS; i++)
		fds[i] = tcp();
	for (int i = 0; !has_all_below(DESCRIPTORS) && i < WAIT_MS / 10; i++)
		usleep(10000);
	assert_true(has_all_below(DESCRIPTORS));
	lend.sockets[0] = bind_one(TRANSPORT_UDP, "127.0.0.1:1");
	assert_true(control_send(rig.control, &lend));
	int fd = client_to(&lend.sockets[0]);

	assert_int_equal(send(fd, &byte, 1, 0), 1);
	assert_int_equal(recv(fd, &byte, 1, 0), 1);
	close(fd);
	close(lend.sockets[0].fd);
	for (int i = 0; i < CLIENTS; i++) {
		say(fds[i], "x");
		expect(fds[i], "x");
		close(fds[i]);
	}
}

static void
test_retired_socket_empties_its_queue_first(void **state)
{
	struct timeval wait = {WAIT_MS / 1000, 0};
	char byte = 'x';
	int fds[20];

	(void)state;
	kill(rig.pid, SIGSTOP);
	for (int i = 0; i < 20; i++) {
		fds[i] = client_to(&rig.sockets[i % 2]);
		setsockopt(
		    fds[i], SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
		send(fds[i], &byte, 1, 0);
	}
	tell_to_retire(WAIT_MS);
	kill(rig.pid, SIGCONT);
	for (int i = 0; i < 20; i++) {
		assert_int_equal(recv(fds[i], &byte, 1, 0), 1);
		close(fds[i]);
	}
	assert_int_equal(exit_status(), 0);
}

/* More than are accepted in a turn, which may come before the message is read:
 * all are answered, and then told that this worker goes. */
static void
test_who_came_to_a_retired_socket_is_told_that_it_goes(void **state)
{
	enum { COUNT = 40 };
	int fds[COUNT];

	(void)state;
	kill(rig.pid, SIGSTOP);
	for (int i = 0; i < COUNT; i++) {
		fds[i] = tcp();
		say(fds[i], "i");
	}
	tell_to_retire(10 * WAIT_MS);
	kill(rig.pid, SIGCONT);
	for (int i = 0; i < COUNT; i++)
		for (char last = 'n'; last != 'y';) {
			assert_int_equal(recv(fds[i], &last, 1, 0), 1);
			if (last == 'n')
				say(fds[i], "i");
		}
	for (int i = 0; i < COUNT; i++)
		close(fds[i]);
	assert_int_equal(exit_status(), 0);
}

/* More than the worker answers in two turns: one may come before it reads the
 * message. */
static void
test_retired_udp_socket_answers_all_that_it_holds(void **state)
{
	enum { COUNT = 540 };
	int size = 1 << 20, fd;
	char byte = 'x';

	(void)state;
	setsockopt(
	    rig.sockets[0].fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	kill(rig.pid, SIGSTOP);
	fd = client_to(&rig.sockets[0]);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	for (int i = 0; i < COUNT; i++)
		assert_int_equal(send(fd, &byte, 1, 0), 1);
	tell_to_retire(WAIT_MS);
	kill(rig.pid, SIGCONT);
	for (int i = 0; i < COUNT; i++)
		assert_int_equal(recv(fd, &byte, 1, 0), 1);
	close(fd);
	assert_int_equal(exit_status(), 0);
}

/* Tells the worker that it stays; the new generation listens at OURS too. */
static void
keep(const struct addr *ours)
{
	struct control_message message = {
	    .kind = CONTROL_KEEP, .socket_count = 1};
	struct image_writer writer;

	assert_true(image_writer_open(&writer));
	assert_true(image_writer_begin(&writer));
	size_t at =
	    image_writer_reserve(&writer, sizeof(struct settings), IMAGE_ALIGN);
	struct settings *settings = image_writer_at(&writer, at);

	settings->listen_count = 1;
	settings->listens[0] =
	    (struct settings_listen){.addr = *ours, .transport = TRANSPORT_UDP};
	image_writer_end(&writer, IMAGE_PART_SETTINGS);
	message.sockets[0].fd = image_writer_seal(&writer);
	assert_true(control_send(rig.control, &message));
	close(message.sockets[0].fd);
}

static void
test_one_that_stays_learns_which_ports_are_ours(void **state)
{
	_Atomic uint64_t *looped =
	    &rig.stats->services[0].outcomes[OUTCOME_GUARD_LOOP];
	int fd = client_to(&rig.sockets[0]), stream = tcp();
	struct addr own = {.len = sizeof(own.in6)};
	char byte = 'x';

	(void)state;
	assert_int_equal(getsockname(fd, &own.any, &own.len), 0);
	assert_int_equal(send(fd, &byte, 1, 0), 1);
	assert_int_equal(recv(fd, &byte, 1, 0), 1);
	assert_int_equal(*looped, 0);
	keep(&own);
	for (int i = 0; *looped == 0 && i < WAIT_MS / 10; i++) {
		send(fd, &byte, 1, 0);
		usleep(10000);
	}
	assert_int_not_equal(*looped, 0);
	say(stream, "x");
	expect(stream, "x");
	close(stream);
	close(fd);
}

static void
test_one_that_stays_does_so_without_good_settings(void **state)
{
	struct control_message message = {.kind = CONTROL_KEEP};
	int stream = tcp();

	(void)state;
	assert_true(control_send(rig.control, &message));
	message.sockets[message.socket_count++] = rig.sockets[0];
	assert_true(control_send(rig.control, &message));
	say(stream, "x");
	expect(stream, "x");
	close(stream);
	tell(CONTROL_STOP, WAIT_MS);
	assert_int_equal(exit_status(), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    RIGGED(test_stop_closes_idle_connections_and_exits_0),
	    RIGGED(test_drain_finishes_what_is_in_flight),
	    RIGGED(test_stop_lets_a_wait_end),
	    RIGGED(test_worker_flushes_before_it_goes),
	    RIGGED(test_stop_closes_a_connection_that_falls_idle_during_it),
	    RIGGED(test_drain_ends_at_its_deadline),
	    RIGGED(test_worker_goes_with_its_master),
	    RIGGED(test_worker_flushes_before_it_goes_with_its_master),
	    RIGGED(test_lent_sockets_are_served_until_recalled),
	    RIGGED(test_worker_without_descriptors_takes_what_it_is_lent),
	    RIGGED(test_retired_socket_empties_its_queue_first),
	    RIGGED(test_who_came_to_a_retired_socket_is_told_that_it_goes),
	    RIGGED(test_retired_udp_socket_answers_all_that_it_holds),
	    RIGGED(test_one_that_stays_learns_which_ports_are_ours),
	    RIGGED(test_one_that_stays_does_so_without_good_settings),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("worker_control", tests, NULL, NULL);
}
