/*
 * chat_load.c — many people in many rooms, who say so many lines a second in
 * all, each of which has to reach everybody else in its room, once and in its
 * order. Like the other loads it spins, so that the server need not wake it.
 * Prints one line of "name=value" words (chat_tally.h); its options are in
 * chat_options.h.
 *
 * Person N is in room N modulo the number of rooms. The last ones of each room
 * may stop reading; they say nothing, and nobody waits for what they hear.
 */
#include "bench_tool.h"
#include "chat_lines.h"
#include "chat_options.h"
#include "chat_tally.h"

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>

enum {
	EVENTS = 512,
	INPUT_MAX = 256 * 1024, /* in one read */
	STOPPED_BUFFER = 4096,  /* so that who stops is full soon */
	TOGETHER = 8,           /* people who come before one of them has to
	                           have been greeted: ngircd's queue of
	                           connections holds 10, and whoever finds it
	                           full tries again in a second */
};

static const uint64_t second_ns = 1000 * 1000 * 1000;
static const uint64_t settled_ns = 400 * 1000 * 1000;

struct person {
	int fd; /* -1: gone */
	uint32_t number, said;
	bool is_stopped, is_greeted;
	uint16_t len; /* of the line that is not whole yet */
	char held[CHAT_LINE_MAX];
};

struct load {
	struct chat_options options;
	struct chat_tally tally;
	struct person *people;
	int epoll;
	uint64_t heard_ns; /* when anything came */
	bool has_told;     /* of an error, the first one */
	char input[CHAT_LINE_MAX + INPUT_MAX];
};

/* ------------------------------------------------------------------- coming */

static void
person_bind(const struct load *load, const struct person *person)
{
	uint32_t place = person->number / load->options.per_address;
	struct sockaddr_in address = {
	    .sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK + (1 << 16) - 1 + place),
	};
	int on = 1;

	/* The port is chosen when it is known what for. */
	if (setsockopt(person->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on,
	        sizeof(on)) == -1 ||
	    bind(person->fd, (const struct sockaddr *)&address,
	        sizeof(address)) == -1)
		bench_die("bind");
}

static void
person_say(
    struct load *load, struct person *person, const char *line, size_t len)
{
	ssize_t sent = send(person->fd, line, len, MSG_DONTWAIT | MSG_NOSIGNAL);

	if (sent == (ssize_t)len)
		return;
	if (sent > 0 || (sent == -1 && errno != EAGAIN && errno != EPIPE &&
	                    errno != ECONNRESET))
		bench_die("send");
	load->tally.blocked++;
}

static void
person_enter(struct load *load, struct person *person)
{
	static const char chat[] = "u%05u\n/join #room%u\n";
	static const char irc[] =
	    "NICK u%05u\r\nUSER load 0 * :load\r\nJOIN #room%u\r\n";
	char line[128];
	int len =
	    snprintf(line, sizeof(line), load->options.is_irc ? irc : chat,
	        person->number, person->number % load->options.rooms);

	person_say(load, person, line, (size_t)len);
}

static void
person_open(struct load *load, uint32_t number)
{
	struct sockaddr_in server =
	    bench_address("127.0.0.1", load->options.port);
	struct person *person = &load->people[number];
	struct epoll_event event = {
	    .events = EPOLLIN | EPOLLET,
	    .data.ptr = person,
	};
	int size = STOPPED_BUFFER, on = 1;

	person->number = number;
	person->is_stopped =
	    number + load->options.stopped * load->options.rooms >=
	    load->options.clients;
	person->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (person->fd == -1)
		bench_die("socket");
	if (person->is_stopped)
		(void)setsockopt(
		    person->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	(void)setsockopt(person->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (load->options.per_address > 0)
		person_bind(load, person);
	if (connect(person->fd, (const struct sockaddr *)&server,
	        sizeof(server)) == -1)
		bench_die("connect");
	if (epoll_ctl(load->epoll, EPOLL_CTL_ADD, person->fd, &event) == -1)
		bench_die("epoll_ctl");
	person_enter(load, person);
}

/* ------------------------------------------------------------------ hearing */

static void
load_note(struct load *load, struct person *person, enum chat_kind kind,
    const char *line, size_t len)
{
	struct chat_tally *tally = &load->tally;

	switch (kind) {
	case CHAT_PING:
		person_say(load, person, "PONG :x\r\n", 9);
		break;
	case CHAT_SKIPPED:
		tally->skipped++;
		break;
	case CHAT_ERROR:
		tally->errors++;
		if (!load->has_told)
			fprintf(stderr, "u%05u was told: %.*s\n",
			    person->number, (int)len, line);
		load->has_told = true;
		break;
	case CHAT_SAID:
	case CHAT_NOTICE:
		tally->notices++;
		break;
	}
}

/* Takes the lines of [AT, END); returns where the last one begins that has no
 * end yet. */
static const char *
person_hear(
    struct load *load, struct person *person, const char *at, const char *end)
{
	uint64_t now = bench_now_ns();
	const char *stop;

	load->heard_ns = now;
	for (; (stop = memchr(at, '\n', (size_t)(end - at))) != NULL;
	     at = stop + 1) {
		struct chat_line line =
		    chat_read(at, stop, load->options.is_irc);

		if (line.kind == CHAT_SAID)
			chat_tally_hear(
			    &load->tally, person->number, &line, now);
		else
			load_note(
			    load, person, line.kind, at, (size_t)(stop - at));
	}
	return at;
}

static void
person_close(struct load *load, struct person *person)
{
	close(person->fd);
	person->fd = -1;
	load->tally.closed++;
}

/* Edges are told once: reads until there is nothing. */
static void
person_read(struct load *load, struct person *person)
{
	ssize_t got = INPUT_MAX;

	while (got == INPUT_MAX) {
		const char *left, *end;

		got = recv(person->fd, load->input + person->len, INPUT_MAX,
		    MSG_DONTWAIT);
		if (got == -1 && errno == EAGAIN)
			return;
		if (got <= 0) {
			person_close(load, person);
			return;
		}
		person->is_greeted = true;
		memcpy(load->input, person->held, person->len);
		end = load->input + person->len + got;
		left = person_hear(load, person, load->input, end);
		if ((size_t)(end - left) > sizeof(person->held)) {
			fprintf(stderr, "a line has no end\n");
			exit(1);
		}
		person->len = (uint16_t)(end - left);
		memcpy(person->held, left, person->len);
	}
}

static void
load_listen(struct load *load, int timeout_ms)
{
	struct epoll_event events[EVENTS];
	int count = epoll_wait(load->epoll, events, EVENTS, timeout_ms);

	for (int i = 0; i < count; i++)
		person_read(load, events[i].data.ptr);
}

/* Until nothing has come for a while: all are in, and know of each other. */
static void
load_settle(struct load *load)
{
	load->heard_ns = bench_now_ns();
	while (bench_now_ns() < load->heard_ns + settled_ns)
		load_listen(load, 20);
}

/* Until PERSON has heard something. */
static void
load_greet(struct load *load, const struct person *person)
{
	uint64_t give_up = bench_now_ns() + second_ns;

	while (!person->is_greeted && bench_now_ns() < give_up)
		load_listen(load, 1);
}

static void
load_enter(struct load *load)
{
	for (uint32_t i = 0; i < load->options.clients; i++) {
		person_open(load, i);
		if (i % TOGETHER == TOGETHER - 1)
			load_greet(load, &load->people[i]);
	}
	load_settle(load);
	for (uint32_t i = 0; i < load->options.clients; i++)
		if (load->people[i].is_stopped && load->people[i].fd != -1)
			(void)epoll_ctl(load->epoll, EPOLL_CTL_DEL,
			    load->people[i].fd, NULL);
}

/* ------------------------------------------------------------------- saying */

/* How many of the room of NUMBER are to hear what he says. */
static uint32_t
readers_of(const struct load *load, uint32_t number)
{
	uint32_t rooms = load->options.rooms, room = number % rooms;
	uint32_t members = (load->options.clients - room + rooms - 1) / rooms;

	return members - load->options.stopped - 1;
}

static void
load_say(struct load *load, struct person *person)
{
	char line[CHAT_TEXT_MAX + 64], *at = line;
	uint64_t blocked = load->tally.blocked;

	if (person->fd == -1)
		return;
	if (load->options.is_irc)
		at += snprintf(line, 64,
		    "PRIVMSG #room%u :", person->number % load->options.rooms);
	at = chat_put_text(
	    at, person->said + 1, bench_now_ns(), load->options.size);
	if (load->options.is_irc)
		*at++ = '\r';
	*at++ = '\n';
	person_say(load, person, line, (size_t)(at - line));
	if (load->tally.blocked != blocked)
		return;
	person->said++;
	load->tally.said++;
	load->tally.expected += readers_of(load, person->number);
}

/* Says what is due NOW_NS after the start. */
static void
load_say_due(struct load *load, uint64_t elapsed_ns, uint64_t *turn)
{
	const struct chat_options *options = &load->options;
	uint32_t talkers = options->clients - options->stopped * options->rooms;
	uint64_t each_ns = second_ns / options->rate;

	for (unsigned i = 0; i < EVENTS && *turn * each_ns <= elapsed_ns; i++) {
		uint64_t behind = elapsed_ns - *turn * each_ns;

		if (behind > load->tally.late_ns)
			load->tally.late_ns = behind;
		load_say(load, &load->people[(*turn)++ % talkers]);
	}
}

/* Returns how long it took until the last line was heard. */
static double
load_run(struct load *load)
{
	uint64_t start = bench_now_ns(), now = start, turn = 0;
	uint64_t until = start + load->options.seconds * second_ns;

	load->tally.last_ns = start;
	for (; now < until; now = bench_now_ns()) {
		load_say_due(load, now - start, &turn);
		load_listen(load, 0);
	}
	load->heard_ns = now;
	while (load->tally.delivered < load->tally.expected &&
	       bench_now_ns() < load->heard_ns + 2 * second_ns)
		load_listen(load, 0);
	return (double)(load->tally.last_ns - start) / 1e9;
}

/* Nothing moves, so that the server can be looked at. */
static void
load_wait(void)
{
	char byte;

	printf("in\n");
	fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
}

static void
load_init(struct load *load)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &limit);
	}
	load->people = calloc(load->options.clients, sizeof(*load->people));
	load->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (load->people == NULL || load->epoll == -1)
		bench_die("people");
	chat_tally_init(
	    &load->tally, load->options.clients, load->options.rooms);
}

int
main(int argc, char **argv)
{
	static struct load load;
	double seconds;

	load.options = chat_options_read(argc, argv);
	load_init(&load);
	load_enter(&load);
	if (load.options.is_waiting)
		load_wait();
	seconds = load_run(&load);
	chat_tally_print(&load.tally, seconds);
	return load.tally.delivered == load.tally.expected ? 0 : 1;
}
