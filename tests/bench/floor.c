/*
 * floor.c — the least that a server can do: bare sockets in the shape of a
 * worker's loop, without protocol. What they cost is the kernel's share, below
 * which no server of that shape can come.
 *
 *   floor udp PORT         each datagram goes back with its QR bit set, in
 *                          batches by recvmmsg and sendmmsg
 *   floor http PORT SIZE   for each recv, one send of a ready response, with a
 *                          body of SIZE bytes, to each request in it
 */
#include "bench_tool.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	BATCH = 32,
	DATAGRAM_MAX = 4096,
	EVENTS = 64,
	INPUT_MAX = 65536,
	GATHER = 16, /* responses in one send */
};

struct batch {
	struct mmsghdr messages[BATCH];
	struct iovec parts[BATCH];
	struct sockaddr_in peers[BATCH];
	uint8_t buffers[BATCH][DATAGRAM_MAX];
};

static void
batch_reset(struct batch *batch)
{
	for (unsigned i = 0; i < BATCH; i++) {
		batch->parts[i] = (struct iovec){
		    .iov_base = batch->buffers[i],
		    .iov_len = DATAGRAM_MAX,
		};
		batch->messages[i].msg_hdr = (struct msghdr){
		    .msg_name = &batch->peers[i],
		    .msg_namelen = sizeof(batch->peers[i]),
		    .msg_iov = &batch->parts[i],
		    .msg_iovlen = 1,
		};
	}
}

/* Makes each datagram look like an answer to udp_load: QR of DNS, or mode 4
 * and the origin time of NTP. */
static void
batch_answer(struct batch *batch, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		uint8_t *bytes = batch->buffers[i];
		unsigned len = batch->messages[i].msg_len;

		batch->parts[i].iov_len = len;
		if (len >= 48 && bytes[0] == 0x23) {
			bytes[0] = 0x24;
			memcpy(bytes + 24, bytes + 40, 8);
		} else {
			bytes[2] |= 0x80;
		}
	}
}

_Noreturn static void
floor_udp(const struct sockaddr_in *address)
{
	static struct batch batch;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int size = 4 << 20;

	(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	if (fd == -1 ||
	    bind(fd, (const struct sockaddr *)address, sizeof(*address)) == -1)
		bench_die("bind");
	for (;;) {
		int count;

		batch_reset(&batch);
		count =
		    recvmmsg(fd, batch.messages, BATCH, MSG_WAITFORONE, NULL);
		if (count == -1)
			bench_die("recvmmsg");
		batch_answer(&batch, (unsigned)count);
		if (sendmmsg(fd, batch.messages, (unsigned)count, 0) == -1)
			bench_die("sendmmsg");
	}
}

/* What requests are answered with: the same response as often as a recv can
 * hold requests that are pipelined 16 deep. */
struct response {
	char *bytes;
	size_t len; /* of one */
};

static struct response
response_make(size_t size)
{
	static const char format[] =
	    "HTTP/1.1 200 OK\r\nServer: floor\r\n"
	    "Date: Sat, 21 Nov 2026 05:00:00 GMT\r\n"
	    "Content-Type: text/html\r\nContent-Length: %zu\r\n"
	    "Last-Modified: Sat, 21 Nov 2026 05:00:00 GMT\r\n\r\n";
	char head[512];
	int len = snprintf(head, sizeof(head), format, size);
	struct response response = {.len = (size_t)len + size};

	response.bytes = malloc(GATHER * response.len);
	if (response.bytes == NULL)
		bench_die("response");
	for (char *at = response.bytes;
	     at < response.bytes + GATHER * response.len; at += response.len) {
		memcpy(at, head, (size_t)len);
		memset(at + len, 'x', size);
	}
	return response;
}

static void
watch(int epoll, int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

	if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == -1)
		bench_die("epoll_ctl");
}

/* Answers as many requests as the bytes hold ends of heads: enough for a load
 * that sends whole requests. Returns whether the connection goes on. */
static bool
serve(int fd, const struct response *response)
{
	static char input[INPUT_MAX];
	ssize_t got = recv(fd, input, sizeof(input), MSG_DONTWAIT);
	const char *at = input, *end = input + got;
	bool is_last;
	size_t count = 0;

	if (got == -1 && errno == EAGAIN)
		return true;
	if (got <= 0) {
		close(fd);
		return false;
	}
	is_last = memmem(input, (size_t)got, "close", 5) != NULL;
	while (count < GATHER &&
	       (at = memmem(at, (size_t)(end - at), "\r\n\r\n", 4)) != NULL) {
		at += 4;
		count++;
	}
	/* The end of the connection goes with the answer, in one segment. */
	int flags = MSG_NOSIGNAL | (is_last ? MSG_MORE : 0);

	if (send(fd, response->bytes, count * response->len, flags) != -1 &&
	    !is_last)
		return true;
	close(fd);
	return false;
}

static void
accept_one(int epoll, int listener, const struct response *response)
{
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

	if (fd == -1)
		bench_die("accept4");
	if (serve(fd, response))
		watch(epoll, fd);
}

_Noreturn static void
floor_http(const struct sockaddr_in *address, size_t size)
{
	struct response response = response_make(size);
	struct epoll_event events[EVENTS];
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int epoll = epoll_create1(EPOLL_CLOEXEC), on = 1;

	(void)setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	(void)setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	(void)setsockopt(
	    listener, IPPROTO_TCP, TCP_DEFER_ACCEPT, &on, sizeof(on));
	if (bind(listener, (const struct sockaddr *)address,
	        sizeof(*address)) == -1 ||
	    listen(listener, 4096) == -1)
		bench_die("bind");
	watch(epoll, listener);
	for (;;) {
		int count = epoll_wait(epoll, events, EVENTS, -1);

		for (int i = 0; i < count; i++) {
			if (events[i].data.fd == listener)
				accept_one(epoll, listener, &response);
			else
				(void)serve(events[i].data.fd, &response);
		}
	}
}

int
main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: floor udp PORT | http PORT SIZE\n");
		return 2;
	}
	struct sockaddr_in address =
	    bench_address("127.0.0.1", bench_number(argv[2], 65535));

	if (strcmp(argv[1], "udp") == 0)
		floor_udp(&address);
	floor_http(&address, argc > 3 ? bench_number(argv[3], 1 << 24) : 612);
}
