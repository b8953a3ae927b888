/*
 * chat_fuzz.c — the chat behind its door, with a worker, a network, a clock and
 * memory made up for it: several people over TCP and UDP, who join, talk, stop
 * reading, vanish. Every run is done twice, with the bytes of connections cut
 * into other pieces, and each must hear the same, to the byte; what it hears is
 * UTF-8 without controls, and the numbered lines of each speaker are in order.
 *
 * The input is a byte of settings, then for each deed: a byte of what is done
 * by whom, and a byte of how much; then, for bytes, these.
 */
#include "services/chat/chat_hub.h"
#include "services/chat/chat_peer.h"
#include "services/chat/chat_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	STREAMS = 5,
	CLIENTS = 8, /* the others talk by datagrams */
	CLIENT_MASK = 7,
	INPUT_MAX = 66 * 1024,
	/* A run says no more, so that what all hear can be compared. */
	HEARD_MAX = 1 << 20,
	DEEDS_MAX = 600,
	STEPS_MAX = 100000,
	TICK_MS = 100,
	OUT_MAX = 128 * 1024,
	STEP_SPACE = 32 * 1024, /* chat.c */
	ROOMS = 4,
	/* A room's log and its index, a person's queue, the tables. */
	MEMORY_MAX = ROOMS * 160 * 1024 + CLIENTS * 16 * 1024 + 64 * 1024,
	/* In no byte of the input: a line that has it is of DEED_NUMBER. */
	MARK = '~',
};

enum deed {
	DEED_BYTES,   /* says what follows */
	DEED_LINE,    /* the same, and a line's end */
	DEED_NUMBER,  /* says a number that grows */
	DEED_STOP,    /* reads no more, or reads again */
	DEED_WAIT,    /* time passes */
	DEED_EOF,     /* shuts down its side */
	DEED_RESET,   /* is gone */
	DEED_CONNECT, /* by datagrams: sends back a cookie */
};

struct client {
	struct addr addr;
	uint8_t *heard; /* all that it was ever sent */
	size_t heard_len;
	/* Of a connection; SESSION NULL: there is none. */
	struct chat_session *session;
	uint8_t *unread;
	size_t unread_len;
	uint64_t timeout_at; /* 0: none */
	bool is_stopped, is_blocked, is_woken, is_eof, wants_room, is_waiting;
};

struct run {
	struct client clients[CLIENTS];
	struct chat_settings settings;
	struct chat_hub hub;
	struct chat_peers peers;
	size_t memory; /* bytes that were given out */
	uint64_t now_ms, timer_at;
	size_t piece; /* bytes of a connection in one call; 0: all */
	size_t cap;   /* room for a step */
	unsigned number, steps;
	bool is_over;
	bool is_mixed; /* one that does not read has spoken, or is gone: how
	                  much of it came through depends on the pieces */
};

static struct run *current;
static uint8_t out_bytes[OUT_MAX];

static void
check(bool is_true)
{
	if (!is_true)
		abort();
}

/* ------------------------------------------------------- what people hear */

static void
hear(struct client *client, const uint8_t *bytes, size_t len)
{
	if (client->heard_len + len > HEARD_MAX) {
		current->is_over = true;
		return;
	}
	if (len > 0)
		memcpy(client->heard + client->heard_len, bytes, len);
	client->heard_len += len;
}

/* The length of the UTF-8 sequence at TEXT, of a code point that is fit to be
 * shown; 0: it is none. Written anew, from table 3-7 of Unicode. */
static size_t
sequence(const uint8_t *text, size_t left)
{
	uint8_t lead = text[0];
	size_t len = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
	uint32_t point;

	if (len == 1)
		return lead == '\n' || lead == '\t' ||
		       (lead >= 0x20 && lead != 0x7f);
	if (lead < 0xc2 || lead > 0xf4 || len > left)
		return 0;
	point = lead & (0x7fu >> len);
	for (size_t i = 1; i < len; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		point = point << 6 | (text[i] & 0x3f);
	}
	if ((len == 3 && point < 0x800) || (len == 4 && point < 0x10000) ||
	    point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
		return 0;
	if (point < 0xa0 || point == 0x61c || point == 0x200e ||
	    point == 0x200f || (point >= 0x202a && point <= 0x202e) ||
	    (point >= 0x2066 && point <= 0x2069))
		return 0;
	return len;
}

/* Numbers of one speaker in what CLIENT has heard must grow. */
static void
check_heard(const struct client *client)
{
	unsigned last[CLIENTS] = {0};
	size_t at = 0, line_at = 0;

	while (at < client->heard_len) {
		const uint8_t *text = client->heard + at;
		size_t len = sequence(text, client->heard_len - at);
		unsigned speaker, number;

		check(len > 0);
		at += len;
		if (text[0] == '\n')
			line_at = at;
		/* What begins with | was said before, and heard perhaps; and
		 * a number may have become a name. */
		if (text[0] != MARK || client->heard[line_at] == '|' ||
		    at < 3 || memcmp(text - 2, "> ", 2) != 0)
			continue;
		char line[24] = {0};
		size_t left = client->heard_len - at;

		memcpy(line, client->heard + at, left < 23 ? left : 23);
		if (sscanf(line, "%u.%u.", &speaker, &number) != 2)
			continue;
		check(speaker < CLIENTS && number > last[speaker]);
		last[speaker] = number;
	}
}

/* Who misses lines misses more or fewer of them: they were gathered in another
 * way. */
static bool
has_missed(const struct client *client)
{
	static const char *const notices[] = {
	    " skipped\n", "* say something to hear more\n"};

	for (size_t i = 0; i < 2; i++)
		if (memmem(client->heard, client->heard_len, notices[i],
		        strlen(notices[i])) != NULL)
			return true;
	return false;
}

static void
check_same(size_t who, const struct client *one, const struct client *other)
{
	if (has_missed(one) || has_missed(other))
		return;
	if (one->heard_len == other->heard_len &&
	    memcmp(one->heard, other->heard, one->heard_len) == 0)
		return;
	fprintf(stderr, "%zu heard:\n%.*s\nand in pieces:\n%.*s\n", who,
	    (int)one->heard_len, (const char *)one->heard,
	    (int)other->heard_len, (const char *)other->heard);
	abort();
}

/* ------------------------------------------------------------- the worker */

/* The size comes before what is given out. */
static void *
allocate(void *context, size_t size)
{
	struct run *run = context;
	size_t *memory = malloc(16 + size);

	check(memory != NULL);
	*memory = size;
	run->memory += size;
	check(run->memory <= MEMORY_MAX);
	return (uint8_t *)memory + 16;
}

static void
release(void *context, void *memory)
{
	struct run *run = context;

	if (memory == NULL)
		return;
	void *begin = (uint8_t *)memory - 16;

	run->memory -= *(size_t *)begin;
	free(begin);
}

static void
wake(void *context, struct chat_person *person)
{
	struct run *run = context;

	if (person->kind == CHAT_PERSON_DATAGRAM) {
		chat_peer_wake(&run->peers, person);
		return;
	}
	for (size_t i = 0; i < STREAMS; i++)
		if (run->clients[i].session == (void *)person) {
			run->clients[i].is_woken = true;
			return;
		}
	abort(); /* a session that is gone */
}

static void
send_datagram(void *context, const struct addr *local, const struct addr *peer,
    struct span bytes)
{
	struct run *run = context;

	check(addr_port(local) == 31621);
	check(bytes.len > 0 && bytes.len <= CHAT_PEER_DATAGRAM_MAX);
	for (size_t i = STREAMS; i < CLIENTS; i++)
		if (addr_is_equal(&run->clients[i].addr, peer)) {
			hear(&run->clients[i], bytes.data, bytes.len);
			return;
		}
	abort(); /* nobody who ever said anything */
}

static void
end_turn(void)
{
	uint32_t after_ms = chat_peer_turn(&current->peers, current->now_ms);

	current->timer_at = after_ms == 0 ? 0 : current->now_ms + after_ms;
}

static void
forget(struct client *client)
{
	if (client->session == NULL)
		return;
	current->is_mixed |= client->is_blocked;
	struct chat_session *session = client->session;

	chat_hub_leave(&current->hub, &session->person, (struct span){0});
	client->session = NULL;
	free(session);
	end_turn();
}

/* One call of input() with the next PIECE of what is unread. */
static struct stream_step
step(struct client *client, enum stream_event event, struct span bytes)
{
	static const struct addr local = {
	    .in4 = {.sin_family = AF_INET}, .len = sizeof(local.in4)};
	/* Of its own length, so that ASan sees who reads beyond it. */
	uint8_t *copy = malloc(bytes.len);

	check(copy != NULL);
	if (bytes.len > 0)
		memcpy(copy, bytes.data, bytes.len);
	const struct stream stream = {
	    .event = event,
	    .bytes = {copy, bytes.len},
	    .peer = &client->addr,
	    .local = &local,
	    .now_ms = current->now_ms,
	};
	struct stream_step made = chat_session_input(&current->hub,
	    client->session, &stream, (struct space){out_bytes, current->cap});

	free(copy);
	check(made.used <= bytes.len && made.made <= current->cap);
	check(made.body.len == 0);
	check(made.outcome == OUTCOME_NONE || made.outcome < CHAT_SESSION_ENDS);
	end_turn();
	if (++current->steps > STEPS_MAX)
		current->is_over = true;
	hear(client, out_bytes, made.made);
	if (made.made > 0 && client->is_stopped)
		client->is_blocked = true;
	if (made.timeout_ms > 0)
		client->timeout_at = current->now_ms + made.timeout_ms;
	memmove(client->unread, client->unread + made.used,
	    client->unread_len - made.used);
	client->unread_len -= made.used;
	return made;
}

/* What the worker does with a connection until it has to wait. COUNT: how much
 * of what is unread has come. */
static void
serve(struct client *client, enum stream_event event, size_t count)
{
	bool has_seen_eof = event == STREAM_EOF;

	while (client->session != NULL && !current->is_over) {
		struct stream_step made =
		    step(client, event, (struct span){client->unread, count});
		bool has_progress =
		    made.used > 0 || made.made > 0 || event == STREAM_TIMEOUT;

		count -= made.used;
		switch (made.verdict) {
		case VERDICT_READ:
			break;
		case VERDICT_WRITE:
			client->wants_room = client->is_blocked;
			if (client->is_blocked)
				return;
			event = STREAM_ROOM;
			continue;
		case VERDICT_WAIT:
			client->is_waiting = true;
			return;
		case VERDICT_CLOSE:
		case VERDICT_DONE:
		case VERDICT_RESET:
			forget(client);
			return;
		}
		if (client->is_blocked)
			return; /* goes on when this is out */
		if (event == STREAM_WAKE && made.used == 0)
			return;
		if (has_progress && count > 0) {
			event = STREAM_BYTES;
		} else if (client->is_eof && count == client->unread_len &&
		           (has_progress || !has_seen_eof)) {
			event = STREAM_EOF;
			has_seen_eof = true;
		} else {
			return;
		}
	}
}

static bool
is_busy(const struct client *client)
{
	return client->is_blocked || client->is_waiting || client->wants_room;
}

/* All who were woken, until nobody is. */
static void
serve_woken(void)
{
	bool is_any = true;

	while (is_any && !current->is_over) {
		is_any = false;
		for (size_t i = 0; i < STREAMS; i++) {
			struct client *client = &current->clients[i];

			if (client->session == NULL || !client->is_woken ||
			    is_busy(client))
				continue;
			client->is_woken = false;
			is_any = true;
			serve(client, STREAM_WAKE, client->unread_len);
		}
	}
}

/* COUNT bytes at BYTES have come, in pieces. */
static void
receive(struct client *client, const uint8_t *bytes, size_t count)
{
	size_t done = 0;

	if (client->session == NULL || client->is_eof ||
	    client->unread_len + count > INPUT_MAX)
		return;
	if (is_busy(client)) {
		/* The kernel has them. */
		memcpy(client->unread + client->unread_len, bytes, count);
		client->unread_len += count;
		return;
	}
	while (done < count && client->session != NULL) {
		size_t piece =
		    current->piece == 0 ? count - done : current->piece;

		if (piece > count - done)
			piece = count - done;
		memcpy(
		    client->unread + client->unread_len, bytes + done, piece);
		client->unread_len += piece;
		done += piece;
		if (!is_busy(client))
			serve(client, STREAM_BYTES, client->unread_len);
		serve_woken();
	}
}

/* The client has taken what it was sent. */
static void
unblock(struct client *client)
{
	bool wanted = client->wants_room;

	client->is_blocked = client->wants_room = false;
	if (client->session == NULL || client->is_waiting)
		return;
	if (wanted)
		serve(client, STREAM_ROOM, client->unread_len);
	else if (client->unread_len > 0 || client->is_eof)
		serve(client, client->is_eof ? STREAM_EOF : STREAM_BYTES,
		    client->unread_len);
}

static void
fire(struct client *client)
{
	if (client->session == NULL || client->timeout_at == 0 ||
	    client->timeout_at > current->now_ms)
		return;
	client->timeout_at = 0;
	if (client->is_blocked) {
		forget(client); /* the worker's send_timeout */
		return;
	}
	client->is_waiting = false;
	serve(client, STREAM_TIMEOUT, client->unread_len);
}

static void
pass(uint64_t ms)
{
	uint64_t end = current->now_ms + ms;

	while (current->now_ms < end && !current->is_over) {
		current->now_ms += ms > 100 * TICK_MS ? ms / 10 : TICK_MS;
		for (size_t i = 0; i < STREAMS; i++)
			fire(&current->clients[i]);
		if (current->timer_at != 0 &&
		    current->timer_at <= current->now_ms) {
			end_turn();
		}
		serve_woken();
	}
}

/* --------------------------------------------------------------- the deeds */

static void
connect_one(struct client *client)
{
	if (client->session != NULL)
		return;
	client->session = calloc(1, sizeof(*client->session));
	check(client->session != NULL);
	client->session->person.kind = CHAT_PERSON_STREAM;
	client->unread_len = 0;
	client->timeout_at = 0;
	client->is_stopped = client->is_blocked = client->is_woken = false;
	client->is_eof = client->wants_room = client->is_waiting = false;
	serve(client, STREAM_OPEN, 0);
}

/* A datagram of LEN bytes, of its own length too. */
static void
say_datagram(struct client *client, const uint8_t *bytes, size_t len)
{
	static const struct addr local = {
	    .in4 = {.sin_family = AF_INET, .sin_port = 0x857b},
	    .len = sizeof(local.in4)};
	bool is_far = client == &current->clients[CLIENTS - 1];
	size_t reply_max = is_far ? len : (size_t)CHAT_PEER_DATAGRAM_MAX;
	uint8_t *copy = malloc(len);

	check(copy != NULL);
	if (len > 0)
		memcpy(copy, bytes, len);
	const struct datagram datagram = {
	    .bytes = {copy, len},
	    .peer = &client->addr,
	    .local = &local,
	    .now_ms = current->now_ms,
	    .reply_max = reply_max,
	};
	struct reply reply = chat_peer_answer(&current->peers, &datagram, false,
	    (struct space){out_bytes, CHAT_PEER_DATAGRAM_MAX});

	check(reply.outcome < CHAT_PEER_OUTCOME_COUNT);
	end_turn();

	free(copy);
	if (!reply.is_silent) {
		check(reply.len <= reply_max);
		hear(client, out_bytes, reply.len);
	}
}

/* Sends back the first cookie that CLIENT was told, which may be old. */
static void
send_cookie(struct client *client)
{
	static const char word[] = "/cookie ";
	const uint8_t *place =
	    memmem(client->heard, client->heard_len, word, sizeof(word) - 1);

	if (place != NULL &&
	    client->heard_len - (size_t)(place - client->heard) > 16)
		say_datagram(client, place, 16);
}

static void
say(struct client *client, const uint8_t *bytes, size_t len)
{
	if (client >= &current->clients[STREAMS])
		say_datagram(client, bytes, len);
	else
		receive(client, bytes, len);
	current->is_mixed |= client->is_stopped;
}

static void
act(enum deed deed, size_t who, uint8_t much, const uint8_t *bytes)
{
	struct client *client = &current->clients[who];
	uint8_t text[UINT8_MAX + 2];
	size_t len = 0;
	int made;

	switch (deed) {
	case DEED_BYTES:
	case DEED_LINE:
		for (; len < much; len++)
			text[len] = bytes[len] == MARK ? '-' : bytes[len];
		if (deed == DEED_LINE)
			text[len++] = '\n';
		say(client, text, len);
		break;
	case DEED_NUMBER:
		made = snprintf((char *)text, sizeof(text), "%c%zu.%u.\n", MARK,
		    who, ++current->number);
		say(client, text, (size_t)made);
		break;
	case DEED_STOP:
		client->is_stopped = !client->is_stopped;
		if (!client->is_stopped)
			unblock(client);
		break;
	case DEED_WAIT:
		pass((uint64_t)much * (who == 0 ? 1000 : 10));
		break;
	case DEED_EOF:
		if (client->session != NULL && !client->is_eof) {
			client->is_eof = true;
			if (!is_busy(client))
				serve(client, STREAM_EOF, client->unread_len);
		}
		break;
	case DEED_RESET:
		forget(client);
		break;
	case DEED_CONNECT:
		if (who < STREAMS)
			connect_one(client);
		else
			send_cookie(client);
		break;
	}
	serve_woken();
}

static void
act_all(const uint8_t *data, size_t size)
{
	for (unsigned i = 0; i < DEEDS_MAX && size >= 2; i++) {
		enum deed deed = (enum deed)(data[0] >> 3 & 7);
		size_t who = data[0] & CLIENT_MASK;
		uint8_t much = data[1];

		data += 2;
		size -= 2;
		if (deed == DEED_BYTES || deed == DEED_LINE) {
			if (much > size)
				much = (uint8_t)size;
		}
		act(deed, who, much, data);
		if (deed == DEED_BYTES || deed == DEED_LINE) {
			data += much;
			size -= much;
		}
		if (current->is_over)
			return;
	}
}

/* All read again, and what was gathered leaves. */
static void
read_rest(void)
{
	for (size_t i = 0; i < STREAMS; i++)
		if (current->clients[i].is_stopped)
			act(DEED_STOP, i, 0, NULL);
	pass(10 * TICK_MS);
}

/* ------------------------------------------------------------------ a run */

static void
start(struct run *run, size_t index, uint8_t flags)
{
	static uint8_t heard[2][CLIENTS][HEARD_MAX];
	static uint8_t unread[2][CLIENTS][INPUT_MAX];
	static const uint64_t key[2] = {1, 2};
	const struct chat_memory memory = {allocate, release, run};
	const struct chat_hub_calls calls = {
	    .wake = wake, .context = run, .memory = memory};
	const struct chat_peer_setup setup = {
	    .hub = &run->hub,
	    .memory = memory,
	    .send = send_datagram,
	    .context = run,
	    .settings = &run->settings,
	    .host_max = 1,
	    .key = {3, 4},
	};

	current = run;
	run->now_ms = 1000000;
	run->settings = (struct chat_settings){
	    .name = "netlabd",
	    .name_len = 7,
	    .history = (flags & 1) != 0 ? 5 : 0,
	    .flood = {(flags & 2) != 0 ? 1 : 0, 5},
	    .rooms = ROOMS,
	    .udp_peers = 2,
	    .udp_idle_ms = 120000,
	};
	check(chat_hub_init(&run->hub, &run->settings, &calls, key));
	check(chat_peer_init(&run->peers, &setup));
	for (size_t i = 0; i < CLIENTS; i++) {
		struct client *client = &run->clients[i];

		client->addr.len = sizeof(client->addr.in4);
		client->addr.in4.sin_family = AF_INET;
		client->addr.in4.sin_addr.s_addr =
		    htonl(0x0a000000u | (uint32_t)i);
		client->addr.in4.sin_port = htons((uint16_t)(5000 + i));
		client->heard = heard[index][i];
		client->unread = unread[index][i];
	}
}

/* Once all have gone, nobody is left, and all memory comes back. */
static void
end(struct run *run)
{
	current = run;
	for (size_t i = 0; i < CLIENTS; i++)
		forget(&run->clients[i]);
	chat_peer_end(&run->peers);
	check(run->hub.count == 0);
	chat_hub_end(&run->hub);
	check(run->memory == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct run runs[2];

	if (size < 1)
		return 0;
	memset(runs, 0, sizeof(runs));
	runs[0].cap = OUT_MAX;
	runs[1].cap = STEP_SPACE;
	runs[1].piece = (size_t)1 + (data[0] >> 4);
	for (size_t i = 0; i < 2; i++) {
		start(&runs[i], i, data[0]);
		act_all(data + 1, size - 1);
		read_rest();
	}
	bool is_whole = !runs[0].is_over && !runs[1].is_over &&
	                !runs[0].is_mixed && !runs[1].is_mixed;

	for (size_t i = 0; i < CLIENTS; i++) {
		const struct client *one = &runs[0].clients[i];
		const struct client *other = &runs[1].clients[i];

		check_heard(one);
		if (is_whole)
			check_same(i, one, other);
	}
	for (size_t i = 0; i < 2; i++)
		end(&runs[i]);
	return 0;
}
