/* dns_message_test.c — the numbers are those of the DNS requirements. */
#include "services/dns/dns_message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* A message being put together. */
struct builder {
	uint8_t bytes[1024];
	size_t len;
};

static void
add(struct builder *builder, const void *data, size_t len)
{
	assert_true(len <= sizeof(builder->bytes) - builder->len);
	memcpy(builder->bytes + builder->len, data, len);
	builder->len += len;
}

#define ADD(builder, literal) add(builder, literal, sizeof(literal) - 1)

/* Header with RD, and the counts given. */
static struct builder
begin(unsigned qd, unsigned an, unsigned ns, unsigned ar)
{
	const uint8_t header[12] = {0x12, 0x34, 1, 0, 0, (uint8_t)qd, 0,
	    (uint8_t)an, 0, (uint8_t)ns, 0, (uint8_t)ar};
	struct builder builder = {.len = 0};
	add(&builder, header, sizeof(header));
	return builder;
}

static struct builder
begin_question(unsigned an, unsigned ns, unsigned ar)
{
	struct builder builder = begin(1, an, ns, ar);
	ADD(&builder, "\3WwW\4test\0\0\1\0\1");
	return builder;
}

static enum dns_message_kind
parse(const struct builder *builder, struct dns_message *message)
{
	return dns_message_parse(
	    (struct span){builder->bytes, builder->len}, message);
}

static void
expect(const struct builder *builder, enum dns_message_kind kind)
{
	struct dns_message message;
	assert_int_equal(parse(builder, &message), kind);
}

static void
question(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 0);
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_true(message.has_question);
	assert_false(message.has_edns);
	assert_int_equal(message.flags, DNS_FLAG_RD);
	assert_int_equal(message.qtype, DNS_TYPE_A);
	assert_int_equal(message.qclass, DNS_CLASS_IN);
	assert_int_equal(message.question_end, builder.len);
	assert_int_equal(message.udp_size, 512);
	assert_int_equal(message.qname_len, 10);
	assert_memory_equal(message.qname, "\3www\4test", 10);
	assert_int_equal(message.label_count, 2);
	assert_int_equal(message.label_at[0], 0);
	assert_int_equal(message.label_at[1], 4);
	assert_int_equal(message.label_at[2], 9);
}

static void
root_question(void **state)
{
	(void)state;
	struct builder builder = begin(1, 0, 0, 0);
	ADD(&builder, "\0\0\2\0\1");
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_int_equal(message.qname_len, 1);
	assert_int_equal(message.label_count, 0);
	assert_int_equal(message.label_at[0], 0);
}

/* Every byte value in one name: only A to Z change. */
static void
case_folding(void **state)
{
	(void)state;
	for (unsigned base = 0; base < 256; base += 32) {
		struct builder builder = begin(1, 0, 0, 0);
		uint8_t name[38] = {32};
		for (unsigned i = 0; i < 32; i++)
			name[1 + i] = (uint8_t)(base + i);
		name[35] = 1; /* type A, class IN */
		name[37] = 1;
		add(&builder, name, sizeof(name));
		struct dns_message message;
		assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
		for (unsigned i = 0; i < 32; i++) {
			unsigned c = base + i;
			unsigned lower = c >= 'A' && c <= 'Z' ? c + 32 : c;
			assert_int_equal(message.qname[1 + i], lower);
		}
	}
}

static void
responses_are_dropped(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 0);
	builder.bytes[2] |= 0x80;
	expect(&builder, DNS_MESSAGE_SILENT);
	builder.bytes[2] = 0xff; /* whatever else is wrong with it */
	builder.bytes[5] = 7;
	expect(&builder, DNS_MESSAGE_SILENT);
}

static void
short_messages_are_dropped(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 0);
	for (builder.len = 0; builder.len < 12; builder.len++)
		expect(&builder, DNS_MESSAGE_SILENT);
}

static void
other_opcodes(void **state)
{
	(void)state;
	for (unsigned opcode = 1; opcode < 16; opcode++) {
		struct builder builder = begin_question(0, 0, 0);
		builder.bytes[2] = (uint8_t)(opcode << 3);
		if (opcode == 4 || opcode == 5) {
			expect(&builder, DNS_MESSAGE_CHANGE);
			builder.len--;
			expect(&builder, DNS_MESSAGE_FORMERR);
			continue;
		}
		expect(&builder, DNS_MESSAGE_NOTIMP);
		builder.len = 12; /* nothing but a header */
		expect(&builder, DNS_MESSAGE_NOTIMP);
	}
}

static void
no_question(void **state)
{
	(void)state;
	struct builder builder = begin(0, 0, 0, 0);
	expect(&builder, DNS_MESSAGE_FORMERR);
}

static void
two_questions(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 0);
	builder.bytes[5] = 2;
	ADD(&builder, "\3www\4test\0\0\1\0\1");
	expect(&builder, DNS_MESSAGE_FORMERR);
	builder.bytes[4] = 1; /* 258 of them */
	expect(&builder, DNS_MESSAGE_FORMERR);
}

static void
bad_names(void **state)
{
	(void)state;
	static const char *const names[] = {
	    "\300\014\0\1\0\1",    /* a pointer at itself */
	    "\300\040\0\1\0\1",    /* forward */
	    "\300\004\0\1\0\1",    /* into the header */
	    "\1a\300\014\0\1\0\1", /* a loop */
	    "\100aaaa\0\0\1\0\1",  /* label type 01 */
	    "\200aaaa\0\0\1\0\1",  /* label type 10 */
	};
	static const size_t lens[] = {6, 6, 6, 8, 10, 10};
	for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		struct builder builder = begin(1, 0, 0, 0);
		add(&builder, names[i], lens[i]);
		expect(&builder, DNS_MESSAGE_FORMERR);
	}
}

static void
truncated_question(void **state)
{
	(void)state;
	struct builder whole = begin_question(0, 0, 0);
	for (size_t len = 12; len < whole.len; len++) {
		struct builder builder = whole;
		builder.len = len;
		struct dns_message message;
		assert_int_equal(
		    parse(&builder, &message), DNS_MESSAGE_FORMERR);
		assert_false(message.has_question);
		assert_int_equal(message.question_end, 12);
	}
}

/* A name of LEN bytes in labels of at most 63. */
static void
add_long_name(struct builder *builder, size_t len)
{
	uint8_t name[300] = {0};
	size_t at = 0;
	while (at < len - 1) {
		size_t label = len - 2 - at > 63 ? 63 : len - 2 - at;
		name[at] = (uint8_t)label;
		memset(name + at + 1, 'a', label);
		at += label + 1;
	}
	add(builder, name, len);
	ADD(builder, "\0\1\0\1");
}

static void
longest_name(void **state)
{
	(void)state;
	struct builder builder = begin(1, 0, 0, 0);
	add_long_name(&builder, 255);
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_int_equal(message.qname_len, 255);
	builder = begin(1, 0, 0, 0);
	add_long_name(&builder, 256);
	expect(&builder, DNS_MESSAGE_FORMERR);
}

static void
most_labels(void **state)
{
	(void)state;
	struct builder builder = begin(1, 0, 0, 0);
	for (unsigned i = 0; i < 127; i++)
		ADD(&builder, "\1a");
	ADD(&builder, "\0\0\1\0\1");
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_int_equal(message.label_count, 127);
	assert_int_equal(message.label_at[127], 254);
}

static void
promised_records_absent(void **state)
{
	(void)state;
	for (unsigned section = 0; section < 3; section++) {
		struct builder builder =
		    begin_question(section == 0, section == 1, section == 2);
		expect(&builder, DNS_MESSAGE_FORMERR);
		ADD(&builder, "\0\0\1\0\1\0\0\0\0\0\4abcd");
		expect(&builder, DNS_MESSAGE_QUERY);
		while (builder.len-- > 22)
			expect(&builder, DNS_MESSAGE_FORMERR);
	}
}

/* The message is tolerated as long as its names can be skipped. */
static void
other_records_are_skipped(void **state)
{
	(void)state;
	struct builder builder = begin_question(1, 0, 0);
	ADD(&builder, "\1x\300\014\0\1\0\1\0\0\0\0\0\0");
	expect(&builder, DNS_MESSAGE_QUERY);
	builder.bytes[29] = 26; /* the pointer now at its own owner name */
	expect(&builder, DNS_MESSAGE_FORMERR);
	builder.bytes[29] = 60; /* forward */
	expect(&builder, DNS_MESSAGE_FORMERR);
	builder.bytes[29] = 3; /* the header */
	expect(&builder, DNS_MESSAGE_FORMERR);
}

static void
opt(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 1);
	ADD(&builder, "\0\0\51\20\0\0\0\200\0\0\0");
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_true(message.has_edns);
	assert_true(message.is_dnssec_ok);
	assert_int_equal(message.udp_size, 4096);
	builder.bytes[builder.len - 4] = 0x7f; /* all flags but DO */
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_false(message.is_dnssec_ok);
}

static void
opt_small_size(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 1);
	ADD(&builder, "\0\0\51\0\1\0\0\0\0\0\0");
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_int_equal(message.udp_size, 512);
}

static void
opt_version(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 1);
	ADD(&builder, "\0\0\51\20\0\0\1\200\0\0\6\0\3\0\0abc");
	builder.bytes[builder.len - 8] = 7; /* data of a form unknown to us */
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_BADVERS);
	assert_true(message.has_edns);
	assert_true(message.is_dnssec_ok);
	builder.bytes[11] = 2; /* and a record that is not there */
	expect(&builder, DNS_MESSAGE_FORMERR);
}

static void
opt_misplaced(void **state)
{
	(void)state;
	static const char record[] = "\0\0\51\20\0\0\0\0\0\0\0";
	for (unsigned section = 0; section < 2; section++) {
		struct builder builder =
		    begin_question(section == 0, section == 1, 0);
		add(&builder, record, 11);
		expect(&builder, DNS_MESSAGE_FORMERR);
	}
	struct builder twice = begin_question(0, 0, 2);
	add(&twice, record, 11);
	add(&twice, record, 11);
	expect(&twice, DNS_MESSAGE_FORMERR);
	struct builder owned = begin_question(0, 0, 1);
	ADD(&owned, "\1a");
	add(&owned, record, 11);
	expect(&owned, DNS_MESSAGE_FORMERR);
}

static void
opt_options(void **state)
{
	(void)state;
	struct builder builder = begin_question(0, 0, 1);
	ADD(&builder, "\0\0\51\20\0\0\0\0\0\0\13\0\3\0\0\0\12\0\3abc");
	expect(&builder, DNS_MESSAGE_QUERY);
	builder.bytes[builder.len - 4] = 4; /* one byte over the end */
	expect(&builder, DNS_MESSAGE_FORMERR);
	builder.bytes[builder.len - 4] = 2; /* one byte left over */
	expect(&builder, DNS_MESSAGE_FORMERR);
}

static void
tsig(void **state)
{
	(void)state;
	static const char record[] = "\1k\0\0\372\0\377\0\0\0\0\0\1x";
	struct builder builder = begin_question(0, 0, 2);
	ADD(&builder, "\0\0\51\20\0\0\0\0\0\0\0");
	size_t at = builder.len;
	add(&builder, record, sizeof(record) - 1);
	struct dns_message message;
	assert_int_equal(parse(&builder, &message), DNS_MESSAGE_QUERY);
	assert_int_equal(message.tsig_at, at);
	struct builder last = begin_question(0, 0, 2);
	add(&last, record, sizeof(record) - 1);
	ADD(&last, "\0\0\51\20\0\0\0\0\0\0\0");
	expect(&last, DNS_MESSAGE_FORMERR);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    {"DNS 3, RFC 1035 §4.1.2: the question is taken apart", question,
	        NULL, NULL, NULL},
	    {"RFC 1035 §4.1.2: the root's name", root_question, NULL, NULL,
	        NULL},
	    {"DNS 32, RFC 4343 §3: ASCII letters fold, all else stays",
	        case_folding, NULL, NULL, NULL},
	    {"DNS 4: a response is never answered", responses_are_dropped, NULL,
	        NULL, NULL},
	    {"DNS 5: less than a header is dropped", short_messages_are_dropped,
	        NULL, NULL, NULL},
	    {"DNS 6, RFC 8906 §8.1.4: other opcodes", other_opcodes, NULL, NULL,
	        NULL},
	    {"DNS 7: no question", no_question, NULL, NULL, NULL},
	    {"DNS 8, RFC 9619: more than one question", two_questions, NULL,
	        NULL, NULL},
	    {"DNS 9, RFC 1035 §4.1.4: names that are none", bad_names, NULL,
	        NULL, NULL},
	    {"DNS 9: a question cut off anywhere", truncated_question, NULL,
	        NULL, NULL},
	    {"DNS 9, DNS 12, RFC 1035 §2.3.4: 255 bytes pass, 256 do not",
	        longest_name, NULL, NULL, NULL},
	    {"DNS 12: 127 labels", most_labels, NULL, NULL, NULL},
	    {"DNS 10: a promised record is absent or cut off",
	        promised_records_absent, NULL, NULL, NULL},
	    {"DNS 11: other records are tolerated", other_records_are_skipped,
	        NULL, NULL, NULL},
	    {"DNS 41, RFC 3225 §3: size and DO", opt, NULL, NULL, NULL},
	    {"DNS 39, RFC 6891 §6.2.3: less than 512 is 512", opt_small_size,
	        NULL, NULL, NULL},
	    {"DNS 38, RFC 6891 §6.1.3: a later version", opt_version, NULL,
	        NULL, NULL},
	    {"DNS 40, RFC 6891 §6.1.1: one OPT, in its place, of the root",
	        opt_misplaced, NULL, NULL, NULL},
	    {"DNS 40, RFC 6891 §6.1.2: options fill their record", opt_options,
	        NULL, NULL, NULL},
	    {"RFC 8945 §5.1: TSIG comes last", tsig, NULL, NULL, NULL},
	};
	return cmocka_run_group_tests_name("dns_message", tests, NULL, NULL);
}
