/* verb_small.c — the verbs of the classic small services: their doors. */
#include "client/small/small_answer.h"
#include "client/small/small_chargen.h"
#include "client/small/small_discard.h"
#include "client/small/small_say.h"
#include "client/small/small_time.h"
#include "client/verbs.h"

enum {
	PORT_ECHO = 7,
	PORT_DAYTIME = 13,
	PORT_QOTD = 17,
	/* Ours, as the lectures have them. */
	PORT_HELLO = 9000,
	PORT_UPPER = 12000,
};

/* What all of them take, and how they go. */
#define OPTIONS                                                                \
	(OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE | OPTIONS_OF_TRANSPORT |           \
	    OPTIONS_BIT(OPTIONS_SHORT))
#define ANSWERS                                                                \
	"By TCP the answer is what comes until the server closes; by UDP\n"    \
	"(-u) it is the datagram that answers an empty one, which is sent\n"   \
	"three times at most.\n"
#define SAYS                                                                   \
	"Without TEXT each line of standard input is said, until its end; "    \
	"by\n"                                                                 \
	"UDP (-u) a line is a datagram, without its line feed.\n"

static int
run_time(const struct options *options, char **arguments)
{
	return small_time(options, arguments[0]);
}

static int
run_daytime(const struct options *options, char **arguments)
{
	return small_answer_text(options, arguments[0], PORT_DAYTIME);
}

static int
run_qotd(const struct options *options, char **arguments)
{
	return small_answer_text(options, arguments[0], PORT_QOTD);
}

static int
run_hello(const struct options *options, char **arguments)
{
	return small_answer_text(options, arguments[0], PORT_HELLO);
}

static int
run_echo(const struct options *options, char **arguments)
{
	return small_say(options, arguments, PORT_ECHO, true);
}

static int
run_upper(const struct options *options, char **arguments)
{
	return small_say(options, arguments, PORT_UPPER, false);
}

static int
run_chargen(const struct options *options, char **arguments)
{
	return small_chargen(options, arguments[0]);
}

const struct verb verb_small_time = {
    .name = "time",
    .usage = "HOST",
    .summary = "the time in 32 bits, of RFC 868",
    .help =
        "Seconds since 1900, what date that is in UTC, and how far it is\n"
        "from this clock; with --explain also how one comes from the other.\n"
        "The seconds roll over in 2036: the date is the one nearest to this\n"
        "clock. --short prints the seconds alone.\n"
        "\n" ANSWERS,
    .examples = "  netlab time 127.0.0.1:10037\n"
                "  netlab time -u --explain 127.0.0.1:10037\n",
    .options = OPTIONS,
    .least = 1,
    .most = 1,
    .run = run_time,
};

const struct verb verb_small_daytime = {
    .name = "daytime",
    .usage = "HOST",
    .summary = "the date in words, of RFC 867",
    .help = ANSWERS,
    .examples = "  netlab daytime 127.0.0.1:10013\n"
                "  netlab daytime -u --hex 127.0.0.1:10013\n",
    .options = OPTIONS,
    .least = 1,
    .most = 1,
    .run = run_daytime,
};

const struct verb verb_small_qotd = {
    .name = "qotd",
    .usage = "HOST",
    .summary = "a quote, of RFC 865",
    .help = ANSWERS,
    .examples = "  netlab qotd 127.0.0.1:10017\n",
    .options = OPTIONS,
    .least = 1,
    .most = 1,
    .run = run_qotd,
};

const struct verb verb_small_echo = {
    .name = "echo",
    .usage = "HOST [TEXT]",
    .summary = "what you say comes back, of RFC 862",
    .help = SAYS
    "\n"
    "What comes back is compared: the exit status is 10 where it is not\n"
    "what was said.\n",
    .examples = "  netlab echo 127.0.0.1:10007 'Hello, world!'\n"
                "  netlab echo -u --explain 127.0.0.1:10007 hello\n",
    .options = OPTIONS,
    .least = 1,
    .most = 2,
    .run = run_echo,
};

const struct verb verb_small_discard = {
    .name = "discard",
    .usage = "HOST [TEXT]",
    .summary = "what you say is thrown away, of RFC 863",
    .help = SAYS
    "\n"
    "By TCP all is well when the server closes after us; by UDP, when\n"
    "nothing comes within 0.3 s, nor word that nobody listens there.\n",
    .examples = "  netlab discard 127.0.0.1:10009 'Hello, world!'\n",
    .options = OPTIONS,
    .least = 1,
    .most = 2,
    .run = small_discard,
};

const struct verb verb_small_chargen = {
    .name = "chargen",
    .usage = "HOST",
    .summary = "characters without end, of RFC 864",
    .help =
        "By TCP ten lines, or as many as -c says; by UDP (-u) one datagram,\n"
        "or -c of them.\n",
    .examples = "  netlab chargen 127.0.0.1:10019\n"
                "  netlab chargen -c 3 -u 127.0.0.1:10019\n",
    .options = OPTIONS | OPTIONS_BIT(OPTIONS_COUNT),
    .least = 1,
    .most = 1,
    .run = run_chargen,
};

const struct verb verb_small_upper = {
    .name = "upper",
    .usage = "HOST [TEXT]",
    .summary = "what you say comes back in capitals",
    .help = SAYS,
    .examples = "  netlab upper 127.0.0.1 'Hello, world!'\n"
                "  netlab upper -u 127.0.0.1 'Grüße'\n",
    .options = OPTIONS,
    .least = 1,
    .most = 2,
    .run = run_upper,
};

const struct verb verb_small_hello = {
    .name = "hello",
    .usage = "HOST",
    .summary = "a greeting, and your address",
    .help = ANSWERS,
    .examples = "  netlab hello 127.0.0.1\n",
    .options = OPTIONS,
    .least = 1,
    .most = 1,
    .run = run_hello,
};
