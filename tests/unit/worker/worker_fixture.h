/*
 * worker_fixture.h — a real worker process of role ROLE_LAB on real sockets,
 * one of UDP and one of TCP, and clients of it. The test program is its
 * services table, of one service; it includes this once.
 */
#ifndef TESTS_WORKER_FIXTURE_H
#define TESTS_WORKER_FIXTURE_H

#include "core/control.h"
#include "core/image.h"
#include "service.h"
#include "worker/worker.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum {
	WAIT_MS = 20000, /* generous: this machine may be busy */
};

/* ----------------------------------------------------- a worker to test */

static struct {
	struct image image;
	struct heritage_socket sockets[2];
	struct stats_slot *stats;
	struct shared *shared;
	int control;
	pid_t pid;
	/* To be set before the worker runs. */
	uint32_t max_per_address;
	struct settings_prefixes exempt;
} rig;

static inline struct heritage_socket
bind_one(enum transport transport, const char *text)
{
	struct heritage_socket one = {.transport = (uint16_t)transport};
	int yes = 1;

	assert_null(addr_parse(text, &one.addr));
	one.addr.in4.sin_port = 0; /* where that of IPv6 lies too */
	one.fd = socket(one.addr.any.sa_family,
	    (transport == TRANSPORT_UDP ? SOCK_DGRAM : SOCK_STREAM) |
	        SOCK_NONBLOCK,
	    0);
	setsockopt(one.fd, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof(yes));
	if (one.addr.any.sa_family == AF_INET6) {
		setsockopt(
		    one.fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof(yes));
		setsockopt(
		    one.fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &yes, sizeof(yes));
	} else {
		setsockopt(one.fd, IPPROTO_IP, IP_PKTINFO, &yes, sizeof(yes));
	}
	setsockopt(one.fd, SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof(yes));
	assert_int_equal(bind(one.fd, &one.addr.any, one.addr.len), 0);
	getsockname(one.fd, &one.addr.any, &one.addr.len);
	if (transport == TRANSPORT_TCP)
		assert_int_equal(listen(one.fd, 100), 0);
	return one;
}

/* Memory that the worker and the test both see, zeroed; never unmapped. */
static inline void *
map_shared(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	assert_ptr_not_equal(memory, MAP_FAILED);
	return memory;
}

static inline void
make_image(uint32_t max_connections)
{
	struct image_writer writer;
	size_t at;

	assert_true(image_writer_open(&writer));
	assert_true(image_writer_begin(&writer));
	at = image_writer_reserve(&writer, sizeof(struct settings), 64);
	struct settings *settings = image_writer_at(&writer, at);

	settings->roles[ROLE_LAB].workers = 1;
	settings->roles[ROLE_LAB].max_connections = max_connections;
	settings->roles[ROLE_LAB].send_timeout = 30;
	settings->roles[ROLE_LAB].idle_timeout = 60;
	settings->roles[ROLE_LAB].max_per_address = rig.max_per_address;
	settings->roles[ROLE_LAB].limit.exempt = rig.exempt;
	image_writer_end(&writer, IMAGE_PART_SETTINGS);
	assert_true(image_map(&rig.image, image_writer_seal(&writer)));
}

static inline struct control_message
from_worker(void)
{
	struct pollfd wait = {rig.control, POLLIN, 0};
	struct control_message message = {0};

	assert_int_equal(poll(&wait, 1, WAIT_MS), 1);
	assert_int_equal(control_receive(rig.control, &message), 1);
	return message;
}

static inline void
run_worker(uint32_t max_connections, const char *address)
{
	int pair[2];
	pid_t master = getpid();

	make_image(max_connections);
	rig.sockets[0] = bind_one(TRANSPORT_UDP, address);
	rig.sockets[1] = bind_one(TRANSPORT_TCP, address);
	rig.stats = stats_map(1);
	assert_non_null(rig.stats);
	rig.shared = shared_map((size_t[STATS_SERVICE_MAX]){0});
	assert_non_null(rig.shared);
	assert_int_equal(
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, pair), 0);
	rig.pid = fork();
	if (rig.pid == 0) {
		struct heritage heritage = {
		    .role = ROLE_LAB,
		    .image = &rig.image,
		    .sockets = rig.sockets,
		    .socket_count = 2,
		    .counters = rig.stats,
		    .shared = rig.shared,
		    .control = pair[1],
		    .master = master,
		};

		close(pair[0]);
		worker_run(&heritage);
	}
	close(pair[1]);
	rig.control = pair[0];
	assert_int_equal(from_worker().kind, CONTROL_READY);
}

static inline void
tell(enum control_kind kind, uint32_t argument)
{
	struct control_message message = {.kind = kind, .argument = argument};

	assert_true(control_send(rig.control, &message));
}

/* As a reload that names none of its sockets any more: they go, then it does.
 */
static inline void
tell_to_retire(uint32_t drain_ms)
{
	struct control_message message = {
	    .kind = CONTROL_RETIRE,
	    .socket_count = 2,
	    .sockets = {rig.sockets[0], rig.sockets[1]},
	};

	assert_true(control_send(rig.control, &message));
	tell(CONTROL_DRAIN, drain_ms);
}

static inline int
exit_status(void)
{
	int status = -1;

	for (unsigned i = 0; i < WAIT_MS / 10; i++) {
		if (waitpid(rig.pid, &status, WNOHANG) == rig.pid)
			return status;
		usleep(10000);
	}
	kill(rig.pid, SIGKILL);
	waitpid(rig.pid, &status, 0);
	fail_msg("the worker did not exit");
	return -1;
}

static inline int
tear_down(void **state)
{
	(void)state;
	close(rig.control);
	if (rig.pid > 0 && waitpid(rig.pid, NULL, WNOHANG) == 0) {
		kill(rig.pid, SIGKILL);
		waitpid(rig.pid, NULL, 0);
	}
	close(rig.sockets[0].fd);
	close(rig.sockets[1].fd);
	image_unmap(&rig.image);
	munmap(rig.stats, sizeof(*rig.stats));
	return 0;
}

/* ---------------------------------------------------------------- clients */

static inline int
client_to(const struct heritage_socket *server)
{
	struct timeval wait = {WAIT_MS / 1000, 0};
	struct addr to = server->addr;
	int fd = socket(to.any.sa_family,
	    server->transport == TRANSPORT_UDP ? SOCK_DGRAM : SOCK_STREAM, 0);

	if (addr_is_wildcard(&to) && to.any.sa_family == AF_INET6)
		to.in6.sin6_addr = in6addr_loopback;
	else if (addr_is_wildcard(&to))
		to.in4.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	assert_int_equal(connect(fd, &to.any, to.len), 0);
	return fd;
}

static inline int
tcp(void)
{
	return client_to(&rig.sockets[1]);
}

static inline void
say(int fd, const char *text)
{
	assert_int_equal(
	    send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

/* Reads until the end, or until MAX bytes came; returns how many. */
static inline size_t
read_all(int fd, size_t max)
{
	static char bytes[1 << 20];
	size_t total = 0;

	while (total < max) {
		size_t want = max - total;
		ssize_t got = recv(
		    fd, bytes, want < sizeof(bytes) ? want : sizeof(bytes), 0);

		if (got == -1)
			fail_msg("recv: %s", strerror(errno));
		if (got == 0)
			break;
		total += (size_t)got;
	}
	return total;
}

static inline void
expect(int fd, const char *text)
{
	char bytes[64] = {0};
	size_t len = strlen(text);

	assert_int_equal(recv(fd, bytes, len, MSG_WAITALL), (ssize_t)len);
	assert_string_equal(bytes, text);
}

#endif
