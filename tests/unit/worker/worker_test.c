/*
 * A real worker process on real sockets, with rooms of its own: what the
 * engines promise to every room. This file is the services table here.
 */
#include "worker_fixture.h"

#include "worker/outcome.h"
#include "worker/worker_cmsg.h"
#include "worker/worker_send.h"

#include <arpa/inet.h>
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* ------------------------------------------------------------- the room */

enum {
	FILE_SIZE = 24 * 1024 * 1024,
	DATAGRAM_MAX = 1000,
};

static const char *const outcomes[] = {"done", "timeout", NULL};

/* What the room tells the test, in memory that both see. */
static struct {
	_Atomic unsigned steps, flushed_steps, closed;
	/* Of replies: calls of depart(), the most in one, those that had a
	 * wrong time to wait; calls of sent(), and what the last one told. */
	_Atomic unsigned departures, wave, unordered, sent;
	_Atomic uint64_t sent_ns;
	_Atomic uint16_t sent_port;
} * told;

/* The end of a wait: as a request that took its time. */
static struct stream_step
end_wait(uint8_t *is_waiting, struct space out)
{
	struct stream_step step = {.body = {.fd = -1}, .outcome = 0};

	*is_waiting = 0;
	out.data[0] = 'P';
	step.made = 1;
	return step;
}

/* One byte is one request: what each makes, by its letter. */
static struct stream_step
input(void *state, void *session, const struct stream *stream, struct space out)
{
	struct stream_step step = {.body = {.fd = -1}, .outcome = OUTCOME_NONE};

	uint8_t *is_waiting = session;

	told->steps++;
	if (stream->event == STREAM_OPEN)
		return step;
	if (*is_waiting) {
		assert(stream->event == STREAM_TIMEOUT);
		return end_wait(is_waiting, out);
	}
	if (stream->event == STREAM_ROOM) {
		memset(out.data, 'w', 30000);
		step.made = 30000;
		step.verdict = VERDICT_WRITE;
		return step;
	}
	if (stream->event == STREAM_TIMEOUT) {
		memcpy(out.data, "late", 4);
		step.made = 4;
		step.outcome = 1;
		step.verdict = VERDICT_CLOSE;
		return step;
	}
	if (stream->bytes.len == 0)
		return step;
	out.data[0] = stream->bytes.data[0];
	step.used = step.made = 1;
	step.outcome = 0;
	switch (stream->bytes.data[0]) {
	case 'f': /* a file */
		step.body = (struct stream_body){
		    .fd = dup(*(int *)state), .len = FILE_SIZE};
		break;
	case 'b': /* a big answer */
		memset(out.data, 'b', 100000);
		step.made = 100000;
		break;
	case 'w': /* without end */
		step.verdict = VERDICT_WRITE;
		break;
	case 'c':
		step.verdict = VERDICT_CLOSE;
		break;
	case 'd':
		step.verdict = VERDICT_DONE;
		break;
	case 't': /* a short patience */
		step.timeout_ms = 200;
		break;
	case 'p': /* a pause */
	case 'l': /* a long one */
		step.timeout_ms = stream->bytes.data[0] == 'p' ? 200 : 600000;
		step.verdict = VERDICT_WAIT;
		*is_waiting = 1;
		break;
	case 'i': /* is this the last answer? */
		out.data[0] = stream->is_draining ? 'y' : 'n';
		break;
	case 'r':
		step.verdict = VERDICT_RESET;
		break;
	default:
		break;
	}
	return step;
}

/* Gives back what it gets; depart() sees the first byte once more. */
static struct reply
answer(void *state, const struct datagram *question, struct space out)
{
	(void)state;
	memcpy(out.data, question->bytes.data, question->bytes.len);
	return (struct reply){
	    .len = question->bytes.len,
	    .mark = question->bytes.len == 0 ? 0 : question->bytes.data[0],
	};
}

/* Marks the replies to "D…" and watches those to "W…". */
static void
depart(void *state, struct departure *departures, unsigned count)
{
	(void)state;
	told->departures++;
	if (count > told->wave)
		told->wave = count;
	for (unsigned i = 0; i < count; i++) {
		struct departure *departure = &departures[i];

		if (i > 0 && departure->after_ns < departures[i - 1].after_ns)
			told->unordered++;
		assert(addr_port(departure->peer) != 0);
		if (departure->mark == 'D')
			departure->bytes.data[0] = 'd';
		departure->is_watched = departure->mark == 'W';
	}
}

static void
sent(void *state, const struct sending *sending)
{
	(void)state;
	assert(sending->bytes.len == 2);
	assert(memcmp(sending->bytes.data, "W!", 2) == 0);
	assert(sending->peer->in4.sin_addr.s_addr == htonl(INADDR_LOOPBACK));
	told->sent_ns = sending->sent_ns;
	told->sent_port = addr_port(sending->peer);
	told->sent++;
}

static void
closed(void *state, void *session)
{
	(void)state;
	(void)session;
	told->closed++;
}

static void
flush(void *state)
{
	(void)state;
	told->flushed_steps = told->steps;
}

static void *
start(const struct service_start *start)
{
	static int fd;

	(void)start;
	fd = memfd_create("file", MFD_CLOEXEC);
	return ftruncate(fd, FILE_SIZE) == 0 ? &fd : NULL;
}

static const struct service room = {
    .name = "room",
    .role = ROLE_LAB,
    .listen = {{.key = "room",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .needs = NEED_LOOP_GUARD | NEED_RX_TIME,
    .outcomes = outcomes,
    .datagram_max = DATAGRAM_MAX,
    .session_size = 8,
    .step_space = 100000,
    .start = start,
    .answer = answer,
    .depart = depart,
    .sent = sent,
    .input = input,
    .close = closed,
    .flush = flush,
};

const struct service *const services[] = {&room};
const unsigned services_count = 1;

static int
set_up(void **state)
{
	(void)state;
	told = map_shared(sizeof(*told));
	run_worker(64, "127.0.0.1:1");
	return 0;
}

/* ----------------------------------------------------------------- streams */

static void
test_pipelined_requests_are_all_answered_in_order(void **state)
{
	enum { COUNT = 20000 };
	static char asked[COUNT], got[COUNT];
	int fd = tcp();

	(void)state;
	for (int i = 0; i < COUNT; i++)
		asked[i] = (char)('A' + i % 26);
	assert_int_equal(send(fd, asked, COUNT, 0), COUNT);
	assert_int_equal(recv(fd, got, COUNT, MSG_WAITALL), COUNT);
	assert_memory_equal(asked, got, COUNT);
	close(fd);
}

static void
test_half_close_gets_every_answer_then_the_end(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "xyz");
	shutdown(fd, SHUT_WR);
	expect(fd, "xyz");
	assert_int_equal(read_all(fd, 1), 0);
	close(fd);
}

static void
test_file_goes_out_between_answers(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "xfy");
	expect(fd, "xf");
	assert_int_equal(read_all(fd, FILE_SIZE), FILE_SIZE);
	expect(fd, "y");
	close(fd);
}

static void
test_slow_reader_gets_all_and_delays_nobody(void **state)
{
	int slow = tcp(), fast = tcp();
	char asked[200];

	(void)state;
	memset(asked, 'b', sizeof(asked));
	assert_int_equal(send(slow, asked, sizeof(asked), 0), sizeof(asked));
	for (int i = 0; i < 50; i++) {
		say(fast, "x");
		expect(fast, "x");
	}
	assert_int_equal(
	    read_all(slow, sizeof(asked) * 100000UL), sizeof(asked) * 100000UL);
	close(slow);
	close(fast);
}

static void
test_endless_output_lets_others_in_and_ends_with_its_reader(void **state)
{
	int endless = tcp(), other = tcp();

	(void)state;
	say(endless, "w");
	assert_int_equal(read_all(endless, 5000000), 5000000);
	say(other, "x");
	expect(other, "x");
	close(endless);
	say(other, "y");
	expect(other, "y");
	close(other);
}

/* RFC 9112 §9.6: closing with unread input would reset the connection and
 * destroy the answer. */
static void
test_lingering_close_does_not_reset_a_peer_that_still_sends(void **state)
{
	static char more[100000];
	int fd = tcp();

	(void)state;
	say(fd, "c");
	for (int i = 0; i < 5; i++) {
		usleep(2000);
		send(fd, more, sizeof(more), MSG_NOSIGNAL);
	}
	expect(fd, "c");
	assert_int_equal(read_all(fd, 1), 0);
	close(fd);
}

static void
test_done_closes_at_once(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "d");
	expect(fd, "d");
	assert_int_equal(read_all(fd, 1), 0);
	close(fd);
}

/* The end is in the segment with the answer's last byte: who is woken by the
 * one sees the other. */
static void
expect_end_with_answer(int fd)
{
	struct pollfd wait = {fd, POLLIN | POLLRDHUP, 0};

	assert_int_equal(poll(&wait, 1, WAIT_MS), 1);
	assert_int_equal(wait.revents, POLLIN | POLLRDHUP);
	assert_int_equal(read_all(fd, 10), 1);
	close(fd);
}

static void
test_end_comes_with_the_answer(void **state)
{
	int done = tcp(), closed = tcp();

	(void)state;
	say(done, "d");
	expect_end_with_answer(done);
	say(closed, "c");
	expect_end_with_answer(closed);
}

static void
test_deadline_comes_as_an_event(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "t");
	expect(fd, "tlate");
	assert_int_equal(read_all(fd, 1), 0);
	close(fd);
}

/* What the peer says meanwhile is kept for later. */
static void
test_wait_goes_on_with_the_held_input(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "pxy");
	expect(fd, "p");
	say(fd, "z");
	expect(fd, "Pxyz");
	close(fd);
}

static void
test_wait_begins_when_the_output_is_out(void **state)
{
	char asked[100];
	int fd = tcp();

	(void)state;
	memset(asked, 'b', sizeof(asked));
	assert_int_equal(send(fd, asked, sizeof(asked), 0), sizeof(asked));
	say(fd, "px");
	assert_int_equal(
	    read_all(fd, sizeof(asked) * 100000UL), sizeof(asked) * 100000UL);
	expect(fd, "pPx");
	close(fd);
}

static void
test_wait_behind_a_file(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "fpx");
	expect(fd, "f");
	assert_int_equal(read_all(fd, FILE_SIZE), FILE_SIZE);
	expect(fd, "pPx");
	close(fd);
}

/* Who has shut down its side alone still reads. */
static void
test_wait_outlives_a_half_close(void **state)
{
	int fd = tcp();

	(void)state;
	say(fd, "px");
	shutdown(fd, SHUT_WR);
	expect(fd, "pPx");
	assert_int_equal(read_all(fd, 1), 0);
	close(fd);
}

static void
test_wait_ends_with_a_peer_that_hangs_up(void **state)
{
	struct linger reset = {.l_onoff = 1};
	int fd = tcp();

	(void)state;
	say(fd, "lx");
	expect(fd, "l");
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	close(fd);
	for (int i = 0; i < WAIT_MS && told->closed == 0; i++)
		usleep(1000);
	assert_int_equal(told->closed, 1);
}

static void
test_flush_follows_the_last_step(void **state)
{
	int fd = tcp();

	(void)state;
	for (int round = 0; round < 2; round++) {
		say(fd, "x");
		expect(fd, "x");
		for (int i = 0; i < WAIT_MS; i++) {
			if (told->flushed_steps == told->steps)
				break;
			usleep(1000);
		}
		assert_int_equal(told->flushed_steps, told->steps);
	}
	close(fd);
}

static void
test_more_connections_than_allowed_wait_their_turn(void **state)
{
	int many[100];

	(void)state;
	for (int i = 0; i < 100; i++) {
		many[i] = tcp();
		say(many[i], "d");
	}
	for (int i = 0; i < 100; i++) {
		expect(many[i], "d");
		close(many[i]);
	}
}

static void
test_outcomes_of_streams_add_up(void **state)
{
	int fd = tcp();
	struct stats_service *stats = &rig.stats->services[0];

	(void)state;
	say(fd, "xyzd");
	expect(fd, "xyzd");
	assert_int_equal(read_all(fd, 1), 0);
	assert_int_equal(stats->received, 4);
	assert_int_equal(stats->outcomes[OUTCOME_GUARD_COUNT], 4);
	assert_int_equal(stats->sent, 4);
	assert_int_equal(stats->connections, 1);
	close(fd);
}

/* --------------------------------------------------------------- datagrams */

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
	assert_int_equal(stats->received, 502);
	assert_int_equal(stats->outcomes[OUTCOME_GUARD_OVERSIZE], 1);
	assert_int_equal(stats->outcomes[OUTCOME_GUARD_COUNT], 501);
	/* Counted when the kernel has taken it, which a reply may outrun. */
	for (int i = 0; i < WAIT_MS && stats->sent < 501; i++)
		usleep(1000);
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

/* ------------------------------------------------------------ the master */

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
	tell(CONTROL_RETIRE, WAIT_MS);
	kill(rig.pid, SIGCONT);
	for (int i = 0; i < 20; i++) {
		assert_int_equal(recv(fds[i], &byte, 1, 0), 1);
		close(fds[i]);
	}
	assert_int_equal(exit_status(), 0);
}

/* More than are accepted in a turn, which may come before the message is read:
 * the rest is told that this worker goes. */
static void
test_retired_socket_says_that_it_goes(void **state)
{
	enum { COUNT = 40 };
	int fds[COUNT];
	char last = 0;

	(void)state;
	kill(rig.pid, SIGSTOP);
	for (int i = 0; i < COUNT; i++) {
		fds[i] = tcp();
		say(fds[i], "i");
	}
	tell(CONTROL_RETIRE, 10 * WAIT_MS);
	kill(rig.pid, SIGCONT);
	for (int i = 0; i < COUNT; i++) {
		assert_int_equal(recv(fds[i], &last, 1, 0), 1);
		close(fds[i]);
	}
	assert_int_equal(last, 'y');
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
	tell(CONTROL_RETIRE, WAIT_MS);
	kill(rig.pid, SIGCONT);
	for (int i = 0; i < COUNT; i++)
		assert_int_equal(recv(fd, &byte, 1, 0), 1);
	close(fd);
	assert_int_equal(exit_status(), 0);
}

#define RIGGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
#define WILDCARD(test)                                                         \
	cmocka_unit_test_setup_teardown(test, set_up_wildcard, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    RIGGED(test_pipelined_requests_are_all_answered_in_order),
	    RIGGED(test_half_close_gets_every_answer_then_the_end),
	    RIGGED(test_file_goes_out_between_answers),
	    RIGGED(test_slow_reader_gets_all_and_delays_nobody),
	    RIGGED(test_endless_output_lets_others_in_and_ends_with_its_reader),
	    RIGGED(test_lingering_close_does_not_reset_a_peer_that_still_sends),
	    RIGGED(test_done_closes_at_once),
	    RIGGED(test_end_comes_with_the_answer),
	    RIGGED(test_deadline_comes_as_an_event),
	    RIGGED(test_wait_goes_on_with_the_held_input),
	    RIGGED(test_wait_begins_when_the_output_is_out),
	    RIGGED(test_wait_behind_a_file),
	    RIGGED(test_wait_outlives_a_half_close),
	    RIGGED(test_wait_ends_with_a_peer_that_hangs_up),
	    RIGGED(test_flush_follows_the_last_step),
	    RIGGED(test_more_connections_than_allowed_wait_their_turn),
	    RIGGED(test_outcomes_of_streams_add_up),
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
	    RIGGED(test_retired_socket_says_that_it_goes),
	    RIGGED(test_retired_udp_socket_answers_all_that_it_holds),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("worker", tests, NULL, NULL);
}
