/*
 * tcp_load.c — DNS over TCP: each connection keeps WINDOW questions in flight
 * and asks as many as have been answered (RFC 7766 §6.2.1.1). Like udp_load it
 * spins. With -C a connection carries one question: the client closes it when
 * it has the answer, and opens the next. Prints one line of "name=value" words.
 *
 *   tcp_load -l QUERIES -P 10053 -t 3
 *   tcp_load -l QUERIES -P 10053 -t 3 -C
 */
#include "bench_queries.h"
#include "bench_tool.h"

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	CONNECTION_MAX = 1000,
	WINDOW_MAX = 256,
	FRAME_MAX = 2 + 65535,
	INPUT_MAX = 2 * FRAME_MAX,
	EVENTS = 256,
};

struct connection {
	int fd;
	uint16_t next_id;
	unsigned in_flight;
	const struct packet *pending[WINDOW_MAX]; /* by the ID's low byte */
	size_t len; /* of the input that is not a whole message yet */
	uint8_t input[INPUT_MAX];
};

struct load {
	struct sockaddr_in server;
	struct queries queries;
	unsigned window;
	int epoll;
	bool is_closing; /* a connection a question */
	bool is_over;    /* ask no more */
	uint64_t in_flight, answered, failed, bad, connects, rcodes[16];
	uint8_t output[WINDOW_MAX * (2 + PACKET_MAX)];
};

/* Fills the window with one send. */
static void
connection_ask(struct load *load, struct connection *connection)
{
	uint8_t *at = load->output;

	for (; connection->in_flight < load->window; connection->in_flight++) {
		const struct packet *packet = queries_next(&load->queries);
		uint16_t id = connection->next_id++;

		at[0] = (uint8_t)(packet->len >> 8);
		at[1] = (uint8_t)packet->len;
		memcpy(at + 2, packet->bytes, packet->len);
		at[2] = (uint8_t)(id >> 8);
		at[3] = (uint8_t)id;
		connection->pending[id % WINDOW_MAX] = packet;
		at += 2 + packet->len;
		load->in_flight++;
	}
	/* A connection that has ended says so at the next recv. */
	(void)!send(connection->fd, load->output, (size_t)(at - load->output),
	    MSG_NOSIGNAL);
}

static void
connection_open(struct load *load, struct connection *connection)
{
	struct epoll_event event = {
	    .events = EPOLLIN,
	    .data.ptr = connection,
	};
	int on = 1;

	connection->in_flight = 0;
	connection->len = 0;
	connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
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

/* Takes one message of LEN bytes, which lie in a buffer that is longer than an
 * ID. */
static void
connection_take(struct load *load, struct connection *connection,
    const uint8_t *message, size_t len)
{
	const struct packet **asked = &connection->pending[message[1]];

	if (*asked == NULL || connection->in_flight == 0) {
		load->failed++;
		return;
	}
	if (!packet_is_answered(*asked, message, len))
		load->bad++;
	*asked = NULL;
	connection->in_flight--;
	load->in_flight--;
	load->answered++;
	load->rcodes[message[3] & 15]++;
}

/* Closes CONNECTION, and opens it anew unless the time is up. */
static void
connection_again(struct load *load, struct connection *connection)
{
	load->failed += connection->in_flight;
	load->in_flight -= connection->in_flight;
	close(connection->fd);
	connection->fd = -1;
	if (!load->is_over)
		connection_open(load, connection);
}

static void
connection_read(struct load *load, struct connection *connection)
{
	ssize_t got = recv(connection->fd, connection->input + connection->len,
	    INPUT_MAX - connection->len, MSG_DONTWAIT);
	const uint8_t *at = connection->input, *end;

	if (got == -1 && (errno == EAGAIN || errno == EINTR))
		return;
	if (got <= 0) {
		connection_again(load, connection);
		return;
	}
	end = connection->input + connection->len + got;
	while (end - at >= 2 && end - at >= 2 + (at[0] << 8 | at[1])) {
		size_t len = (size_t)(at[0] << 8 | at[1]);

		connection_take(load, connection, at + 2, len);
		at += 2 + len;
	}
	connection->len = (size_t)(end - at);
	memmove(connection->input, at, connection->len);
	if (connection->in_flight == load->window)
		return;
	if (load->is_closing)
		connection_again(load, connection);
	else if (!load->is_over)
		connection_ask(load, connection);
}

/* Asks until the time is up, then takes what is still on its way: a server
 * may need long to get over connections that are cut in the middle. */
static void
load_run(struct load *load, uint64_t until)
{
	struct epoll_event events[EVENTS];
	uint64_t give_up = until + 1000000000;

	do {
		uint64_t now = bench_now_ns();
		int count = epoll_wait(load->epoll, events, EVENTS, 0);

		load->is_over = now >= until;
		for (int i = 0; i < count; i++)
			connection_read(load, events[i].data.ptr);
		if (now >= give_up)
			break;
	} while (!load->is_over || load->in_flight > 0);
	load->failed += load->in_flight;
}

static void
load_print(const struct load *load, double seconds)
{
	printf("answered=%lu failed=%lu bad=%lu connects=%lu seconds=%.6f "
	       "rate=%.0f",
	    load->answered, load->failed, load->bad, load->connects, seconds,
	    (double)load->answered / seconds);
	for (unsigned i = 0; i < 16; i++)
		if (load->rcodes[i] > 0)
			printf(" rcode%u=%lu", i, load->rcodes[i]);
	printf("\n");
}

struct options {
	const char *host, *queries;
	unsigned port, connections, seconds;
};

static struct options
options_read(int argc, char **argv, struct load *load)
{
	struct options options = {
	    .host = "127.0.0.1",
	    .connections = 16,
	    .seconds = 2,
	};
	int option;

	while ((option = getopt(argc, argv, "l:H:P:c:w:t:C")) != -1) {
		switch (option) {
		case 'l':
			options.queries = optarg;
			break;
		case 'H':
			options.host = optarg;
			break;
		case 'P':
			options.port = bench_number(optarg, 65535);
			break;
		case 'c':
			options.connections =
			    bench_number(optarg, CONNECTION_MAX);
			break;
		case 'w':
			load->window = bench_number(optarg, WINDOW_MAX);
			break;
		case 't':
			options.seconds = bench_number(optarg, 600);
			break;
		case 'C':
			load->is_closing = true;
			load->window = 1;
			break;
		default:
			options.port = 0;
		}
	}
	if (options.port == 0 || options.queries == NULL) {
		fprintf(stderr,
		    "usage: tcp_load -l QUERIES -P PORT [-H ADDRESS]\n"
		    "                [-c CONNECTIONS] [-w WINDOW] [-t "
		    "SECONDS] [-C]\n");
		exit(2);
	}
	return options;
}

int
main(int argc, char **argv)
{
	static struct load load = {.window = 16};
	struct options options = options_read(argc, argv, &load);
	struct connection *connections =
	    calloc(options.connections, sizeof(*connections));
	uint64_t start;

	load.server = bench_address(options.host, options.port);
	load.epoll = epoll_create1(EPOLL_CLOEXEC);
	if (connections == NULL || load.epoll == -1)
		bench_die("connections");
	queries_read(&load.queries, options.queries);
	start = bench_now_ns();
	for (unsigned i = 0; i < options.connections; i++)
		connection_open(&load, &connections[i]);
	load_run(&load, start + (uint64_t)options.seconds * 1000000000);
	load_print(&load, (double)(bench_now_ns() - start) / 1e9);
	return load.answered > 0 ? 0 : 1;
}
