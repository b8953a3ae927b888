/* chat_session_test.c — one connection to the chat, on a clock of the test's.
 */
#include "services/chat/chat_session.h"

#include "../split.h"
#include "chat_fixture.h"

#define WELCOME(name)                                                          \
	"* welcome to netlabd, " name                                          \
	": /help tells what you can type, [e] leaves\n"

/* A connection: what came and was not used, and what the last call made. */
struct client {
	struct fixture *fixture;
	struct chat_session session;
	char unread[4096];
	size_t len;
	struct stream_step step;
	char made[128 * 1024];
};

/* The session's answer to EVENT, with the BYTES that came. */
static const char *
feel(struct client *client, enum stream_event event, const char *bytes)
{
	size_t cap = sizeof(client->made) - 1;

	memcpy(client->unread + client->len, bytes, strlen(bytes));
	client->len += strlen(bytes);
	const struct stream stream = {
	    .event = event,
	    .bytes = {(uint8_t *)client->unread, client->len},
	    .now_ms = client->fixture->now_ms,
	};

	client->step =
	    chat_session_input(&client->fixture->hub, &client->session, &stream,
	        (struct space){(uint8_t *)client->made, cap});
	assert_true(client->step.used <= client->len);
	assert_true(client->step.made <= cap);
	client->len -= client->step.used;
	memmove(
	    client->unread, client->unread + client->step.used, client->len);
	client->made[client->step.made] = '\0';
	return client->made;
}

static struct client *
connected(struct fixture *fixture)
{
	struct client *client = calloc(1, sizeof(*client));

	assert_non_null(client);
	client->fixture = fixture;
	client->session.person.kind = CHAT_PERSON_STREAM;
	assert_string_equal(feel(client, STREAM_OPEN, ""), "");
	assert_int_equal(client->step.timeout_ms, 60000);
	return client;
}

/* The connection has gone, however. */
static void
gone(struct client *client)
{
	fixture_leave(client->fixture, &client->session.person);
	free(client);
}

#define assert_made(client, event, bytes, expected)                            \
	assert_string_equal(feel(client, event, bytes), expected)
#define assert_step(client, wanted, ms)                                        \
	do {                                                                   \
		assert_int_equal((client)->step.verdict, wanted);              \
		assert_int_equal((client)->step.timeout_ms, ms);               \
	} while (0)

static void
terminal(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct client *anna = connected(fixture), *bert = connected(fixture);

	(void)state;
	assert_made(anna, STREAM_BYTES, "an", "");
	assert_step(anna, VERDICT_READ, 200);
	assert_made(anna, STREAM_BYTES, "na\n",
	    WELCOME("anna") "* you are in #lobby: anna\n");
	assert_step(anna, VERDICT_READ, 120000);
	/* Whoever has sent one end sends them all. */
	assert_made(anna, STREAM_BYTES, "hel", "");
	assert_step(anna, VERDICT_READ, 120000);
	assert_made(anna, STREAM_TIMEOUT, "", "");
	feel(bert, STREAM_BYTES, "bert\r\n");
	assert_made(anna, STREAM_WAKE, "", "* bert has joined #lobby\n");
	assert_step(anna, VERDICT_READ, 0);
	assert_made(anna, STREAM_BYTES, "lo\n/ping\n", "* pong\n");
	assert_made(bert, STREAM_WAKE, "", "<anna> hello\n");
	/* Idle, and known to type commands; the other may be a program. */
	assert_made(anna, STREAM_TIMEOUT, "", "* ping\n");
	assert_step(anna, VERDICT_READ, 120000);
	assert_made(bert, STREAM_TIMEOUT, "", "");
	assert_made(anna, STREAM_BYTES, "/quit\nlost\n", "* goodbye\n");
	assert_step(anna, VERDICT_CLOSE, 0);
	assert_int_equal(anna->step.outcome, CHAT_SESSION_LEFT);
	gone(anna);
	assert_made(bert, STREAM_WAKE, "", "* anna has left #lobby\n");
	/* Half a line counts when nothing more can come. */
	assert_made(bert, STREAM_BYTES, "[e", "");
	assert_made(bert, STREAM_EOF, "]", "* goodbye\n");
	assert_int_equal(bert->step.outcome, CHAT_SESSION_LEFT);
	gone(bert);
	fixture_close(fixture);
}

/* The lecture's: a name without an end, then recv() for the other's name; then
 * lines without ends; what it sends to leave is a line that it made up. */
static void
lecture(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct client *anna = connected(fixture), *bert = connected(fixture);

	(void)state;
	assert_made(anna, STREAM_BYTES, "anna", "");
	assert_step(anna, VERDICT_READ, 200);
	assert_made(anna, STREAM_TIMEOUT, "", "netlabd");
	assert_step(anna, VERDICT_READ, 200);
	assert_null(anna->session.person.room);
	/* What it says meanwhile is no part of its name. */
	assert_made(anna, STREAM_BYTES, "hello", "");
	assert_step(anna, VERDICT_READ, 0);
	assert_made(anna, STREAM_TIMEOUT, "",
	    WELCOME("anna") "* you are in #lobby: anna\n");
	assert_step(anna, VERDICT_READ, 200);
	feel(bert, STREAM_BYTES, "bert\n");
	assert_made(anna, STREAM_TIMEOUT, "", "* bert has joined #lobby\n");
	assert_made(bert, STREAM_WAKE, "", "<anna> hello\n");
	assert_made(anna, STREAM_BYTES, "how are", "");
	assert_made(anna, STREAM_BYTES, " you", "");
	assert_step(anna, VERDICT_READ, 200);
	assert_made(anna, STREAM_TIMEOUT, "", "");
	assert_step(anna, VERDICT_READ, 120000);
	assert_made(bert, STREAM_WAKE, "", "<anna> how are you\n");
	/* Typed too fast to be told apart. */
	assert_made(anna, STREAM_BYTES, "byeLeft chat room!", "");
	assert_made(anna, STREAM_EOF, "", "* goodbye\n");
	gone(anna);
	assert_made(
	    bert, STREAM_WAKE, "", "<anna> bye\n* anna has left #lobby\n");
	gone(bert);
	fixture_close(fixture);
}

static void
one_leave_notice(void **state)
{
	static const char *const ways[] = {
	    "[e]\n", "/quit\n", "Left chat room!\n", "", NULL};
	struct fixture *fixture = fixture_open(0, 8);
	struct client *bert = connected(fixture);

	(void)state;
	feel(bert, STREAM_BYTES, "bert\n");
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct client *anna = connected(fixture);

		feel(anna, STREAM_BYTES, "anna\n");
		feel(bert, STREAM_WAKE, "");
		if (ways[i] != NULL) {
			feel(anna, STREAM_BYTES, ways[i]);
			if (anna->step.verdict == VERDICT_READ)
				feel(anna, STREAM_EOF, "");
			assert_int_not_equal(anna->step.verdict, VERDICT_READ);
		}
		gone(anna);
		assert_made(bert, STREAM_WAKE, "", "* anna has left #lobby\n");
	}
	gone(bert);
	fixture_close(fixture);
}

static void
nobody_says_a_name(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct client *client = connected(fixture);

	(void)state;
	assert_made(client, STREAM_TIMEOUT, "", "");
	assert_step(client, VERDICT_CLOSE, 0);
	assert_int_equal(client->step.outcome, CHAT_SESSION_UNNAMED);
	gone(client);
	client = connected(fixture);
	assert_made(client, STREAM_EOF, "", "");
	assert_int_equal(client->step.verdict, VERDICT_DONE);
	gone(client);
	/* Its end, or another line, instead of the time for the greeting. */
	client = connected(fixture);
	feel(client, STREAM_BYTES, "anna");
	assert_made(client, STREAM_TIMEOUT, "", "netlabd");
	assert_made(client, STREAM_EOF, "",
	    WELCOME("anna") "* you are in #lobby: anna\n");
	assert_int_equal(client->step.verdict, VERDICT_DONE);
	gone(client);
	fixture_close(fixture);
}

/* Who pastes a file is not heard faster than others are told. */
static void
nothing_is_lost_in_a_burst(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct client *anna = connected(fixture), *bert = connected(fixture),
	              *carl = connected(fixture);
	unsigned said = 0, told = 0, pauses = 0;
	char line[256];

	(void)state;
	feel(anna, STREAM_BYTES, "anna\n");
	feel(carl, STREAM_BYTES, "carl\n");
	feel(bert, STREAM_BYTES, "bert\n");
	feel(anna, STREAM_WAKE, "");
	for (; told < 5000; pauses++) {
		enum stream_event event =
		    pauses == 0 ? STREAM_BYTES : STREAM_TIMEOUT;

		do {
			snprintf(line, sizeof(line), "%u %0100u\n", said++, 0);
			feel(anna, event, line);
			event = STREAM_BYTES;
		} while (anna->step.verdict == VERDICT_READ);
		assert_step(anna, VERDICT_WAIT, 16);
		/* Some of it at once, but no more than a step: whoever is
		 * called is not paused, having said nothing. */
		feel(bert, STREAM_WAKE, "");
		assert_step(bert, VERDICT_READ, 0);
		for (const char *at = bert->made; *at != '\0';) {
			unsigned number;

			assert_int_equal(sscanf(at, "<anna> %u", &number), 1);
			assert_int_equal(number, told++);
			at = strchr(at, '\n') + 1;
		}
	}
	/* Carl has read nothing, and only Carl has missed anything. */
	assert_non_null(strstr(feel(carl, STREAM_WAKE, ""), "lines skipped\n"));
	assert_true(strlen(carl->made) <= 32 * 1024);
	assert_true(carl->session.person.is_woken);
	assert_true(pauses > 10);
	gone(anna);
	gone(bert);
	gone(carl);
	fixture_close(fixture);
}

/* Those who read nothing hold up nobody who speaks. */
static void
readers_that_stop_do_not_stop_a_speaker(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct client *anna = connected(fixture), *bert = connected(fixture);
	enum stream_event event = STREAM_BYTES;
	unsigned pauses = 0;
	char line[256];

	(void)state;
	snprintf(line, sizeof(line), "%0100u\n", 0);
	feel(bert, STREAM_BYTES, "bert\n");
	feel(anna, STREAM_BYTES, "anna\n");
	for (unsigned said = 0; said < 2000; said++) {
		feel(anna, event, line);
		event = STREAM_BYTES;
		if (anna->step.verdict != VERDICT_WAIT)
			continue;
		pauses++;
		assert_made(anna, STREAM_TIMEOUT, "", "");
		assert_int_equal(anna->step.verdict, VERDICT_READ);
		assert_int_equal(anna->len, 0);
	}
	assert_in_range(pauses, 3, 20);
	gone(anna);
	gone(bert);
	fixture_close(fixture);
}

/* Who shuts down its side is told all that was said before. */
static void
the_end_comes_behind_what_is_to_be_told(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct client *anna = connected(fixture), *bert = connected(fixture);
	const struct stream eof = {
	    .event = STREAM_EOF, .now_ms = fixture->now_ms};
	const struct space out = {(uint8_t *)bert->made, 2 * CHAT_HUB_TOLD_MAX};
	unsigned steps = 0;

	(void)state;
	feel(bert, STREAM_BYTES, "bert\n");
	feel(anna, STREAM_BYTES, "anna\n");
	for (unsigned i = 0; i < 200; i++)
		feel(anna, STREAM_BYTES, "some words for bert\n");
	do {
		bert->step = chat_session_input(
		    &fixture->hub, &bert->session, &eof, out);
		steps++;
	} while (bert->step.verdict == VERDICT_READ && steps < 100);
	assert_int_equal(bert->step.verdict, VERDICT_DONE);
	assert_int_equal(steps, 3);
	gone(anna);
	gone(bert);
	fixture_close(fixture);
}

static void
the_server_stops(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct client *anna = connected(fixture), *bert = connected(fixture);

	(void)state;
	feel(anna, STREAM_BYTES, "anna\n");
	feel(bert, STREAM_BYTES, "bert\n");
	feel(anna, STREAM_WAKE, "");
	chat_hub_notice(&fixture->hub, SPAN("* the server stops"));
	fixture->hub.is_over = true;
	assert_made(anna, STREAM_WAKE, "", "* the server stops\n");
	assert_step(anna, VERDICT_CLOSE, 0);
	assert_int_equal(anna->step.outcome, CHAT_SESSION_STOPPED);
	gone(anna);
	assert_made(bert, STREAM_WAKE, "", "* the server stops\n");
	gone(bert);
	fixture_close(fixture);
}

/* ------------------------------------------------------------ in pieces */

static struct stream_step
input(void *state, void *session, const struct stream *stream, struct space out)
{
	struct fixture *fixture = state;

	return chat_session_input(&fixture->hub, session, stream, out);
}

static void
end(void *state, void *session)
{
	struct fixture *fixture = state;
	struct chat_session *closed = session;

	fixture_leave(fixture, &closed->person);
	fixture->shared[0] = '\0';
}

/* However bytes are cut, the same is answered. */
static void
split(void **state)
{
	static const char *const inputs[] = {
	    "anna\nhello\n/who\n/nick bert\r\n/msg bert x\xc3\xbc\n\n/quit\n",
	    "anna",
	    "/who\nann a\n[e]",
	    "anna\n\xff\n\x1b\n/me\n/he",
	    "\n\n",
	    "anna\n/join #x\n/join #y\n/rooms\n/leave\n/dance\nx",
	};
	const struct service service = {
	    .input = input,
	    .close = end,
	    .session_size = sizeof(struct chat_session),
	    .step_space = CHAT_HUB_TOLD_MAX,
	};
	struct fixture *fixture = fixture_open(0, 8);
	const struct split how = {.service = &service, .state = fixture};

	(void)state;
	for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++)
		free(split_check(&how, inputs[i], strlen(inputs[i])).bytes);
	/* Lines that are too long. */
	char long_line[2500];

	memset(long_line, 'x', sizeof(long_line));
	memcpy(long_line, "/nick a\n/msg a ", 15);
	memcpy(long_line + 2000, "\n/msg a y\n", 10);
	free(split_check(&how, long_line, 2010).bytes);
	free(split_check(&how, long_line, 1500).bytes);
	fixture_close(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 49: somebody at a terminal", terminal),
	    TEST("TIME 49: the lecture's client", lecture),
	    TEST("one leave notice, whatever the way", one_leave_notice),
	    TEST("nobody says a name", nobody_says_a_name),
	    TEST("nothing is lost in a burst", nothing_is_lost_in_a_burst),
	    TEST("readers that stop do not stop a speaker",
	        readers_that_stop_do_not_stop_a_speaker),
	    TEST("the end comes behind what is to be told",
	        the_end_comes_behind_what_is_to_be_told),
	    TEST("the server stops", the_server_stops),
	    TEST("however bytes are cut", split),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
