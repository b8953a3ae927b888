/*
 * http_load.c — a closed-loop HTTP/1.1 load: each connection keeps DEPTH
 * requests in flight and sends the next ones when all are answered. Like
 * udp_load it spins, so that the server does not pay for waking it. Prints one
 * line of "name=value" words.
 *
 *   http_load -P 10080 -t 3 /index.html
 */
#include "bench_tool.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	CONNECTION_MAX = 10000,
	DEPTH_MAX = 64,
	HEAD_MAX = 4096, /* of a response */
	INPUT_MAX = 262144,
	EVENTS = 256,
	/* From here on a body is dropped in the kernel instead of copied. */
	DROP_MIN = 65536,
};

struct connection {
	int fd;
	unsigned waiting; /* responses that have not ended */
	bool is_last;     /* the server has said Connection: close */
	uint64_t body_left;
	size_t head_len;
	char head[HEAD_MAX]; /* of the response that has begun */
};

struct load {
	struct sockaddr_in server;
	char request[1024 * DEPTH_MAX];
	size_t request_len; /* of DEPTH requests */
	unsigned depth;
	bool is_closing; /* a connection a request */
	int epoll;
	uint64_t answered, failed, connects, bytes;
	char input[INPUT_MAX];
};

static void
connection_ask(struct load *load, struct connection *connection)
{
	ssize_t sent = send(
	    connection->fd, load->request, load->request_len, MSG_NOSIGNAL);

	/* A connection that the server has just closed says so at the next
	 * recv, where it is counted. */
	(void)sent;
	connection->waiting = load->depth;
}

static void
connection_open(struct load *load, struct connection *connection)
{
	struct epoll_event event = {
	    .events = EPOLLIN,
	    .data.ptr = connection,
	};
	int on = 1;

	connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	connection->is_last = false;
	connection->body_left = 0;
	connection->head_len = 0;
	if (connection->fd == -1 ||
	    connect(connection->fd, (const struct sockaddr *)&load->server,
	        sizeof(load->server)) == -1)
		bench_die("connect");
	(void)setsockopt(
	    connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (epoll_ctl(load->epoll, EPOLL_CTL_ADD, connection->fd, &event) == -1)
		bench_die("epoll_ctl");
	load->connects++;
	connection_ask(load, connection);
}

/* Opens the connection anew. What was asked and not answered is a failure,
 * unless the server had said that it would not answer more (RFC 9112 §9.6). */
static void
connection_renew(struct load *load, struct connection *connection)
{
	if (connection->body_left > 0 || connection->head_len > 0 ||
	    (connection->waiting > 0 && !connection->is_last))
		load->failed++;
	close(connection->fd);
	connection_open(load, connection);
}

/* The value of the field line LINE when its name is NAME, else NULL. */
static const char *
field_value(const char *line, const char *name)
{
	size_t len = strlen(name);

	/* Nearly all lines differ in the first letter. */
	if ((line[0] | 32) != name[0] || strncasecmp(line, name, len) != 0)
		return NULL;
	return line + len + strspn(line + len, " ");
}

/* Reads a head that ends at END: the body's length, and whether it is the
 * last. */
static void
connection_take_head(struct load *load, struct connection *connection,
    const char *head, const char *end)
{
	const char *line = head, *value;
	bool is_ok = strncmp(head, "HTTP/1.1 200 ", 13) == 0;

	connection->body_left = 0;
	while ((line = memchr(line, '\n', (size_t)(end - line))) != NULL) {
		line++;
		value = field_value(line, "content-length:");
		if (value != NULL)
			connection->body_left = strtoull(value, NULL, 10);
		value = field_value(line, "connection:");
		if (value != NULL && strncasecmp(value, "close", 5) == 0)
			connection->is_last = true;
	}
	if (!is_ok)
		load->failed++;
	else if (connection->body_left == 0)
		load->answered++;
	connection->waiting--;
}

/* Passes over LEN bytes of a body. */
static void
connection_skip(struct load *load, struct connection *connection, size_t len)
{
	connection->body_left -= len;
	if (connection->body_left == 0)
		load->answered++;
}

/* Takes some of BYTES: of the body that is being read, or a head, kept when
 * only a part of it is there. Returns how many; 0: the head is too long. */
static size_t
connection_take(struct load *load, struct connection *connection,
    const char *bytes, size_t len)
{
	const char *end;
	size_t used;

	if (connection->body_left > 0) {
		used =
		    len < connection->body_left ? len : connection->body_left;
		connection_skip(load, connection, used);
		return used;
	}
	end = memmem(bytes, len, "\r\n\r\n", 4);
	if (connection->head_len == 0 && end != NULL) {
		connection_take_head(load, connection, bytes, end);
		return (size_t)(end - bytes) + 4;
	}
	/* A head in two pieces: rare, so byte by byte will do. */
	if (connection->head_len == HEAD_MAX)
		return 0;
	connection->head[connection->head_len++] = *bytes;
	end = memmem(connection->head, connection->head_len, "\r\n\r\n", 4);
	if (end != NULL) {
		connection->head_len = 0;
		connection_take_head(load, connection, connection->head, end);
	}
	return 1;
}

static void
connection_read(struct load *load, struct connection *connection)
{
	bool is_dropping = connection->body_left >= DROP_MIN;
	size_t wanted = is_dropping ? connection->body_left : INPUT_MAX;
	ssize_t got = recv(connection->fd, is_dropping ? NULL : load->input,
	    wanted, MSG_DONTWAIT | (is_dropping ? MSG_TRUNC : 0));

	if (got == -1 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got <= 0) {
		connection_renew(load, connection);
		return;
	}
	load->bytes += (size_t)got;
	if (is_dropping)
		connection_skip(load, connection, (size_t)got);
	for (size_t at = 0; !is_dropping && at < (size_t)got;) {
		size_t used = connection_take(
		    load, connection, load->input + at, (size_t)got - at);

		if (used == 0) {
			connection_renew(load, connection);
			return;
		}
		at += used;
	}
	if (connection->waiting == 0 && connection->body_left == 0 &&
	    connection->head_len == 0 && !connection->is_last &&
	    !load->is_closing)
		connection_ask(load, connection);
}

static void
load_run(struct load *load, uint64_t until)
{
	struct epoll_event events[EVENTS];

	while (bench_now_ns() < until) {
		int count = epoll_wait(load->epoll, events, EVENTS, 0);

		for (int i = 0; i < count; i++)
			connection_read(load, events[i].data.ptr);
	}
}

static void
load_make_request(struct load *load, const char *target)
{
	int len = snprintf(load->request, 1024,
	    "GET %s HTTP/1.1\r\nHost: bench.test\r\n%s\r\n", target,
	    load->is_closing ? "Connection: close\r\n" : "");

	if (len < 0 || len >= 1024) {
		fprintf(stderr, "the target is too long\n");
		exit(2);
	}
	load->request_len = (size_t)len * load->depth;
	for (unsigned i = 1; i < load->depth; i++)
		memcpy(load->request + (size_t)len * i, load->request,
		    (size_t)len);
}

_Noreturn static void
usage(void)
{
	fprintf(stderr, "usage: http_load -P PORT [-H ADDRESS] [-c CONNECTIONS]"
	                " [-p DEPTH] [-C] [-t SECONDS] TARGET\n");
	exit(2);
}

struct options {
	const char *host;
	unsigned port, connections, seconds;
};

static struct options
options_read(int argc, char **argv, struct load *load)
{
	struct options options = {
	    .host = "127.0.0.1",
	    .connections = 32,
	    .seconds = 2,
	};
	int option;

	while ((option = getopt(argc, argv, "P:H:c:p:Ct:")) != -1) {
		switch (option) {
		case 'P':
			options.port = bench_number(optarg, 65535);
			break;
		case 'H':
			options.host = optarg;
			break;
		case 'c':
			options.connections =
			    bench_number(optarg, CONNECTION_MAX);
			break;
		case 'p':
			load->depth = bench_number(optarg, DEPTH_MAX);
			break;
		case 'C':
			load->is_closing = true;
			break;
		case 't':
			options.seconds = bench_number(optarg, 600);
			break;
		default:
			usage();
		}
	}
	if (options.port == 0 || optind + 1 != argc)
		usage();
	return options;
}

int
main(int argc, char **argv)
{
	static struct load load = {.depth = 1};
	struct options options = options_read(argc, argv, &load);
	struct connection *connections =
	    calloc(options.connections, sizeof(*connections));
	uint64_t start;
	double seconds;

	load.server = bench_address(options.host, options.port);
	load.epoll = epoll_create1(EPOLL_CLOEXEC);
	if (connections == NULL || load.epoll == -1)
		bench_die("connections");
	load_make_request(&load, argv[optind]);
	start = bench_now_ns();
	for (unsigned i = 0; i < options.connections; i++)
		connection_open(&load, &connections[i]);
	load_run(&load, start + (uint64_t)options.seconds * 1000000000);
	seconds = (double)(bench_now_ns() - start) / 1e9;
	printf("answered=%lu failed=%lu connects=%lu bytes=%lu seconds=%.6f "
	       "rate=%.0f\n",
	    load.answered, load.failed, load.connects, load.bytes, seconds,
	    (double)load.answered / seconds);
	return load.answered > 0 ? 0 : 1;
}
