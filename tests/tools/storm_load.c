/*
 * storm_load.c — DNS and HTTP load that counts exactly what became of each
 * question while workers are killed or the daemon reloads. Runs until it is
 * sent SIGTERM, waits for what is still on its way, and prints one line of
 * "name=value" words:
 *
 *   dns_sent dns_answered
 *   dns_lost      no answer within patience
 *   dns_wrong     an answer, but not NOERROR with an answer record
 *   http_answered
 *   http_refused  connects that the kernel refused
 *   http_reset    connections that ended in the middle of a request: the
 *                 connect itself, the request or the response
 *   http_stale    reused connections that ended before a byte of the answer:
 *                 a client would ask again (RFC 9112 §9.3.1)
 *   http_timeout  no whole answer within patience
 *   http_wrong    a status other than 200
 *
 *   storm_load DNS-PORT NAME HTTP-PORT TARGET
 */
#include "../bench/bench_tool.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	FLOW_COUNT = 16,
	WINDOW = 8, /* questions in flight of each flow */
	CONNECTION_COUNT = 16,
	REQUESTS_MAX = 50, /* on a connection that is kept */
	QUERY_MAX = 300,
	RESPONSE_MAX = 65536,
	EVENTS = 64,
};

/* A worker that is killed again and again is back in a few tenths of a second,
 * and meanwhile the sockets are lent to another. */
static const uint64_t patience_ns = 5000000000;

/* Between two rounds of questions: some are on their way at nearly any time,
 * and yet the CPUs are not taken from what runs beside. */
static const useconds_t pause_us = 1000;

static volatile sig_atomic_t is_told_to_end;

struct question {
	bool is_pending;
	uint16_t id;
	uint64_t asked_ns;
};

struct flow {
	int fd;
	uint16_t next_id;
	struct question window[WINDOW];
};

struct connection {
	int fd;
	bool is_kept;      /* ask more than once */
	bool is_connected; /* the connect has ended well */
	unsigned requests; /* sent on this connection */
	uint64_t asked_ns;
	size_t len; /* of the response so far */
	char response[RESPONSE_MAX];
};

struct counts {
	uint64_t dns_sent, dns_answered, dns_lost, dns_wrong;
	uint64_t http_answered, http_refused, http_reset, http_stale;
	uint64_t http_timeout, http_wrong;
};

struct storm {
	struct sockaddr_in dns, http;
	uint8_t query[QUERY_MAX];
	size_t query_len;
	const char *target;
	int epoll;
	struct counts counts;
	struct flow flows[FLOW_COUNT];
	struct connection connections[CONNECTION_COUNT];
};

static void
on_term(int signal)
{
	(void)signal;
	is_told_to_end = 1;
}

/* ------------------------------------------------------------------- DNS */

/* A query for the A records of NAME (RFC 1035 §4.1); the ID is left open. */
static void
storm_make_query(struct storm *storm, const char *name)
{
	uint8_t *at = storm->query + 12;

	storm->query[5] = 1; /* QDCOUNT */
	while (*name != '\0') {
		size_t len = strcspn(name, ".");

		if (len == 0 || len > 63 ||
		    at + len + 6 > storm->query + QUERY_MAX) {
			fprintf(stderr, "bad name\n");
			exit(2);
		}
		*at++ = (uint8_t)len;
		memcpy(at, name, len);
		at += len;
		name += len + (name[len] == '.');
	}
	memcpy(at, "\0\0\1\0\1", 5);
	storm->query_len = (size_t)(at - storm->query) + 5;
}

static void
flow_open(struct storm *storm, struct flow *flow)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = flow};

	flow->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	if (flow->fd == -1 ||
	    connect(flow->fd, (const struct sockaddr *)&storm->dns,
	        sizeof(storm->dns)) == -1 ||
	    epoll_ctl(storm->epoll, EPOLL_CTL_ADD, flow->fd, &event) == -1)
		bench_die("socket");
}

/* Gives up on what has waited too long, and fills the window. */
static void
flow_ask(struct storm *storm, struct flow *flow, uint64_t now)
{
	for (unsigned i = 0; i < WINDOW; i++) {
		struct question *question = &flow->window[i];

		if (question->is_pending) {
			if (now < question->asked_ns + patience_ns)
				continue;
			question->is_pending = false;
			storm->counts.dns_lost++;
		}
		if (is_told_to_end)
			continue;
		question->id = flow->next_id++;
		storm->query[0] = (uint8_t)(question->id >> 8);
		storm->query[1] = (uint8_t)question->id;
		if (send(flow->fd, storm->query, storm->query_len, 0) == -1) {
			/* A port that nobody holds says ECONNREFUSED for the
			 * question before. That one will be lost; this one
			 * was not asked. */
			if (errno != ECONNREFUSED && errno != EAGAIN)
				bench_die("send");
			continue;
		}
		question->is_pending = true;
		question->asked_ns = now;
		storm->counts.dns_sent++;
	}
}

static void
flow_listen(struct storm *storm, struct flow *flow)
{
	uint8_t answer[4096];
	ssize_t len;

	while ((len = recv(flow->fd, answer, sizeof(answer), 0)) >= 0) {
		bool is_right = len >= 12 && (answer[2] & 0x80) != 0 &&
		                (answer[3] & 15) == 0 && answer[7] > 0;
		unsigned id =
		    len >= 2 ? (unsigned)answer[0] << 8 | answer[1] : 0;

		for (unsigned i = 0; i < WINDOW; i++) {
			struct question *question = &flow->window[i];

			if (!question->is_pending || question->id != id)
				continue;
			question->is_pending = false;
			storm->counts.dns_answered++;
			if (!is_right)
				storm->counts.dns_wrong++;
		}
	}
}

/* ------------------------------------------------------------------ HTTP */

static void
connection_close(struct connection *connection)
{
	close(connection->fd);
	connection->fd = -1;
}

/* Starts to connect; at once again where the connection before has ended. */
static void
connection_open(
    struct storm *storm, struct connection *connection, uint64_t now)
{
	struct epoll_event event = {
	    .events = EPOLLOUT,
	    .data.ptr = connection,
	};

	connection->is_connected = false;
	connection->requests = 0;
	connection->len = 0;
	connection->asked_ns = now;
	connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	if (connection->fd == -1)
		bench_die("socket");
	if (connect(connection->fd, (const struct sockaddr *)&storm->http,
	        sizeof(storm->http)) == -1 &&
	    errno != EINPROGRESS) {
		if (errno != ECONNREFUSED)
			bench_die("connect");
		storm->counts.http_refused++;
		connection_close(connection);
		return;
	}
	if (epoll_ctl(storm->epoll, EPOLL_CTL_ADD, connection->fd, &event) ==
	    -1)
		bench_die("epoll_ctl");
}

/* The connection has ended while an answer was awaited. */
static void
connection_lost(struct storm *storm, struct connection *connection)
{
	if (connection->requests > 1 && connection->len == 0)
		storm->counts.http_stale++;
	else
		storm->counts.http_reset++;
	connection_close(connection);
}

static void
connection_ask(struct storm *storm, struct connection *connection, uint64_t now)
{
	char request[512];
	bool is_last =
	    !connection->is_kept || connection->requests + 1 == REQUESTS_MAX;
	int len = snprintf(request, sizeof(request),
	    "GET %s HTTP/1.1\r\nHost: storm.test\r\n%s\r\n", storm->target,
	    is_last ? "Connection: close\r\n" : "");

	connection->requests++;
	connection->len = 0;
	connection->asked_ns = now;
	if (send(connection->fd, request, (size_t)len, MSG_NOSIGNAL) != len)
		connection_lost(storm, connection);
}

static void
connection_connected(
    struct storm *storm, struct connection *connection, uint64_t now)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
	int error = 0;
	socklen_t len = sizeof(error);

	if (getsockopt(connection->fd, SOL_SOCKET, SO_ERROR, &error, &len) ==
	    -1)
		bench_die("getsockopt");
	if (error != 0) {
		if (error == ECONNREFUSED)
			storm->counts.http_refused++;
		else
			storm->counts.http_reset++;
		connection_close(connection);
		return;
	}
	connection->is_connected = true;
	if (epoll_ctl(storm->epoll, EPOLL_CTL_MOD, connection->fd, &event) ==
	    -1)
		bench_die("epoll_ctl");
	connection_ask(storm, connection, now);
}

/* Whether the response is whole, by its Content-Length. */
static bool
response_is_whole(struct connection *connection)
{
	const char *end, *length;

	connection->response[connection->len] = '\0';
	end = strstr(connection->response, "\r\n\r\n");
	if (end == NULL)
		return false;
	length = strcasestr(connection->response, "\r\nContent-Length:");
	if (length == NULL || length > end)
		return false;
	return connection->len >= (size_t)(end + 4 - connection->response) +
	                              strtoull(length + 17, NULL, 10);
}

/* The server's last answer on this connection (RFC 9112 §9.6). */
static bool
response_is_last(const struct connection *connection)
{
	const char *end = strstr(connection->response, "\r\n\r\n");
	const char *close =
	    strcasestr(connection->response, "\r\nConnection: close");

	return close != NULL && close < end;
}

static void
connection_read(
    struct storm *storm, struct connection *connection, uint64_t now)
{
	ssize_t got =
	    recv(connection->fd, connection->response + connection->len,
	        RESPONSE_MAX - 1 - connection->len, 0);

	if (got == -1 && errno == EAGAIN)
		return;
	if (got <= 0) {
		connection_lost(storm, connection);
		return;
	}
	connection->len += (size_t)got;
	if (!response_is_whole(connection))
		return;
	storm->counts.http_answered++;
	if (strncmp(connection->response, "HTTP/1.1 200 ", 13) != 0)
		storm->counts.http_wrong++;
	if (response_is_last(connection) || is_told_to_end)
		connection_close(connection);
	else
		connection_ask(storm, connection, now);
}

/* What is due without an event: opening anew, and giving up. */
static void
connection_tend(
    struct storm *storm, struct connection *connection, uint64_t now)
{
	if (connection->fd != -1 && now > connection->asked_ns + patience_ns) {
		storm->counts.http_timeout++;
		connection_close(connection);
	}
	if (connection->fd == -1 && !is_told_to_end)
		connection_open(storm, connection, now);
}

/* ------------------------------------------------------------------- both */

/* One event's object: a flow or a connection, told apart by where it lies. */
static void
storm_event(struct storm *storm, void *object, uint64_t now)
{
	struct flow *flow = object;
	struct connection *connection = object;

	if (flow >= storm->flows && flow < storm->flows + FLOW_COUNT)
		flow_listen(storm, flow);
	else if (connection->fd != -1 && !connection->is_connected)
		connection_connected(storm, connection, now);
	else if (connection->fd != -1)
		connection_read(storm, connection, now);
}

static bool
storm_is_waiting(const struct storm *storm)
{
	for (unsigned i = 0; i < CONNECTION_COUNT; i++)
		if (storm->connections[i].fd != -1)
			return true;
	for (unsigned i = 0; i < FLOW_COUNT; i++)
		for (unsigned j = 0; j < WINDOW; j++)
			if (storm->flows[i].window[j].is_pending)
				return true;
	return false;
}

static void
storm_run(struct storm *storm)
{
	struct epoll_event events[EVENTS];

	while (!is_told_to_end || storm_is_waiting(storm)) {
		uint64_t now = bench_now_ns();
		int count;

		for (unsigned i = 0; i < FLOW_COUNT; i++)
			flow_ask(storm, &storm->flows[i], now);
		for (unsigned i = 0; i < CONNECTION_COUNT; i++)
			connection_tend(storm, &storm->connections[i], now);
		usleep(pause_us);
		count = epoll_wait(storm->epoll, events, EVENTS, 10);
		for (int i = 0; i < count; i++)
			storm_event(storm, events[i].data.ptr, now);
	}
}

static void
storm_print(const struct counts *counts)
{
	printf("dns_sent=%lu dns_answered=%lu dns_lost=%lu dns_wrong=%lu ",
	    counts->dns_sent, counts->dns_answered, counts->dns_lost,
	    counts->dns_wrong);
	printf("http_answered=%lu http_refused=%lu http_reset=%lu "
	       "http_stale=%lu http_timeout=%lu http_wrong=%lu\n",
	    counts->http_answered, counts->http_refused, counts->http_reset,
	    counts->http_stale, counts->http_timeout, counts->http_wrong);
}

int
main(int argc, char **argv)
{
	static struct storm storm;
	struct sigaction action = {.sa_handler = on_term};

	if (argc != 5) {
		fprintf(stderr,
		    "usage: storm_load DNS-PORT NAME HTTP-PORT TARGET\n");
		return 2;
	}
	storm.dns = bench_address("127.0.0.1", bench_number(argv[1], 65535));
	storm.http = bench_address("127.0.0.1", bench_number(argv[3], 65535));
	storm.target = argv[4];
	storm_make_query(&storm, argv[2]);
	storm.epoll = epoll_create1(EPOLL_CLOEXEC);
	if (storm.epoll == -1 || sigaction(SIGTERM, &action, NULL) == -1)
		bench_die("start");
	for (unsigned i = 0; i < FLOW_COUNT; i++)
		flow_open(&storm, &storm.flows[i]);
	for (unsigned i = 0; i < CONNECTION_COUNT; i++) {
		storm.connections[i].fd = -1;
		/* Every other one asks once a connection. */
		storm.connections[i].is_kept = i % 2 == 0;
	}
	storm_run(&storm);
	storm_print(&storm.counts);
	return 0;
}
