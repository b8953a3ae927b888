/* Datagrams of a real worker: outcomes, waves, stamps, guards. */
#include "worker_room.h"

#include "worker/worker_cmsg.h"
#include "worker/worker_send.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

/* From an address of this process alone: another that runs the same test has
 * bound the same ports of its own. */
static int
udp_from(uint16_t port)
{
	struct timeval wait = {0, 300000};
	struct sockaddr_in from = {.sin_family = AF_INET,
	    .sin_port = htons(port),
	    .sin_addr.s_addr = htonl(
	        INADDR_LOOPBACK + 0x10000 + ((uint32_t)getpid() & 0xffff))};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	assert_int_equal(
	    bind(fd, (const struct sockaddr *)&from, sizeof(from)), 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	assert_int_equal(
	    connect(fd, &rig.sockets[0].addr.any, rig.sockets[0].addr.len), 0);
	return fd;
}

static void
test_datagrams_have_one_outcome_each(void **state)
{
	static char bytes[DATAGRAM_MAX + 1];
	struct stats_service *stats = &rig.stats->services[0];
	int fd = client_to(&rig.sockets[0]);

	(void)state;
	for (int i = 0; i < 500; i++) {
		size_t len = (size_t)(i * 2);

		assert_int_equal(send(fd, bytes, len, 0), len);
		assert_int_equal(recv(fd, bytes, sizeof(bytes), 0), len);
	}
	send(fd, bytes, DATAGRAM_MAX + 1, 0);
	send(fd, bytes, 1, 0);
	assert_int_equal(recv(fd, bytes, sizeof(bytes), 0), 1);
	/* Counted last, which a reply may outrun. */
	for (int i = 0; i < WAIT_MS && stats->received < 502; i++)
		usleep(1000);
	assert_int_equal(stats->received, 502);
	assert_int_equal(stats->outcomes[OUTCOME_GUARD_OVERSIZE], 1);
	assert_int_equal(stats->outcomes[OUTCOME_GUARD_COUNT], 501);
	assert_int_equal(stats->sent, 501);
	close(fd);
}

/* More than a wave of them, which came while the worker did not look. */
static void
test_replies_get_their_last_touch_in_small_waves(void **state)
{
	enum { COUNT = 100 };
	char bytes[2] = "D!";
	int fd = client_to(&rig.sockets[0]);

	(void)state;
	kill(rig.pid, SIGSTOP);
	for (int i = 0; i < COUNT; i++)
		assert_int_equal(send(fd, bytes, 2, 0), 2);
	kill(rig.pid, SIGCONT);
	for (int i = 0; i < COUNT; i++) {
		assert_int_equal(recv(fd, bytes, 2, 0), 2);
		assert_memory_equal(bytes, "d!", 2);
	}
	assert_int_equal(told->wave, WORKER_SEND_WAVE);
	assert_in_range(told->departures, COUNT / WORKER_SEND_WAVE, COUNT);
	assert_int_equal(told->unordered, 0);
	assert_int_equal(told->sent, 0);
	close(fd);
}

static uint64_t
clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Has the worker tell when the COUNTth watched reply left: to FD, after
 * BEFORE_NS. */
static void
expect_sent(int fd, unsigned count, uint64_t before_ns)
{
	struct sockaddr_in self;
	socklen_t len = sizeof(self);

	for (int i = 0; i < WAIT_MS && told->sent < count; i++)
		usleep(1000);
	assert_int_equal(told->sent, count);
	assert_in_range(told->sent_ns, before_ns, clock_ns());
	assert_int_equal(getsockname(fd, (struct sockaddr *)&self, &len), 0);
	assert_int_equal(told->sent_port, ntohs(self.sin_port));
}

static void
test_watched_reply_comes_back_with_its_stamp(void **state)
{
	char bytes[2];
	int fd = client_to(&rig.sockets[0]);
	unsigned count = 0;

	(void)state;
	for (int i = 0; i < 20; i++) {
		uint64_t before_ns = clock_ns();

		say(fd, "x!");
		assert_int_equal(recv(fd, bytes, 2, 0), 2);
		say(fd, "W!");
		assert_int_equal(recv(fd, bytes, 2, 0), 2);
		expect_sent(fd, ++count, before_ns);
	}
	close(fd);
}

/* Stamps that are more than one call reads, and of replies that another
 * process sent through the same socket. */
static void
test_stamps_of_others_are_told_too(void **state)
{
	enum { COUNT = 30 };
	struct worker_cmsg_leaving control;
	struct iovec part = {.iov_base = (char[]){"W!"}, .iov_len = 2};
	struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
	uint64_t before_ns = clock_ns();
	struct addr peer = {.len = sizeof(peer.in4)};
	int fd = client_to(&rig.sockets[0]);

	(void)state;
	worker_cmsg_watch(&header, &control);
	assert_int_equal(getsockname(fd, &peer.any, &peer.len), 0);
	header.msg_name = &peer.any;
	header.msg_namelen = peer.len;
	kill(rig.pid, SIGSTOP);
	for (int i = 0; i < COUNT; i++)
		assert_int_equal(sendmsg(rig.sockets[0].fd, &header, 0), 2);
	kill(rig.pid, SIGCONT);
	expect_sent(fd, COUNT, before_ns);
	close(fd);
}

/* The time that the worker has run, in nanoseconds. */
static uint64_t
run_ns(void)
{
	char path[64];
	uint64_t ns = 0;

	snprintf(path, sizeof(path), "/proc/%d/schedstat", (int)rig.pid);
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%" SCNu64, &ns), 1);
	fclose(file);
	return ns;
}

/* An error of the socket's that is no stamp makes it ready just the same. */
static void
test_worker_sleeps_after_other_errors(void **state)
{
	char byte = 'x';
	int gone = client_to(&rig.sockets[0]);
	int fd = client_to(&rig.sockets[0]);

	(void)state;
	kill(rig.pid, SIGSTOP);
	for (int i = 0; i < 20; i++)
		assert_int_equal(send(gone, "W!", 2, 0), 2);
	close(gone);
	kill(rig.pid, SIGCONT);
	say(fd, "x");
	assert_int_equal(recv(fd, &byte, 1, 0), 1);
	uint64_t run = run_ns();

	usleep(200000);
	assert_in_range(run_ns() - run, 0, 100000000);
	close(fd);
}

static void
test_services_44_silence_to_a_source_port_that_loops(void **state)
{
	char byte = 'x';
	int fd = udp_from(11211);

	(void)state;
	send(fd, &byte, 1, 0);
	assert_int_equal(recv(fd, &byte, 1, 0), -1);
	assert_int_equal(
	    rig.stats->services[0].outcomes[OUTCOME_GUARD_LOOP], 1);
	close(fd);
}

static int
set_up_wildcard(void **state)
{
	(void)state;
	told = map_shared(sizeof(*told));
	run_worker(64, "0.0.0.0:1");
	return 0;
}

/* RFC 2181 §4.1; a connected socket takes replies of the asked address only. */
static void
test_wildcard_socket_replies_from_the_address_that_was_asked(void **state)
{
	char byte = 'x';
	int fd = client_to(&rig.sockets[0]); /* asks 127.0.0.2 */

	(void)state;
	assert_int_equal(send(fd, &byte, 1, 0), 1);
	assert_int_equal(recv(fd, &byte, 1, 0), 1);
	close(fd);
}

static void
test_services_45_silence_to_broadcast(void **state)
{
	struct timeval wait = {0, 300000};
	struct addr to = rig.sockets[0].addr;
	char byte = 'x';
	int yes = 1, fd = socket(AF_INET, SOCK_DGRAM, 0);

	(void)state;
	setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &yes, sizeof(yes));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	to.in4.sin_addr.s_addr = htonl(0x7fffffff); /* 127.255.255.255 */
	assert_int_equal(sendto(fd, &byte, 1, 0, &to.any, to.len), 1);
	assert_int_equal(recv(fd, &byte, 1, 0), -1);
	assert_int_equal(
	    rig.stats->services[0].outcomes[OUTCOME_GUARD_BROADCAST], 1);
	close(fd);
}

#define WILDCARD(test)                                                         \
	cmocka_unit_test_setup_teardown(test, set_up_wildcard, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    RIGGED(test_datagrams_have_one_outcome_each),
	    RIGGED(test_replies_get_their_last_touch_in_small_waves),
	    RIGGED(test_watched_reply_comes_back_with_its_stamp),
	    WILDCARD(test_watched_reply_comes_back_with_its_stamp),
	    RIGGED(test_stamps_of_others_are_told_too),
	    RIGGED(test_worker_sleeps_after_other_errors),
	    RIGGED(test_services_44_silence_to_a_source_port_that_loops),
	    WILDCARD(
	        test_wildcard_socket_replies_from_the_address_that_was_asked),
	    WILDCARD(test_services_45_silence_to_broadcast),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("worker_dgram", tests, NULL, NULL);
}
