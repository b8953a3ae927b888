/*
 * dns_proof_test.c — signed zones, asked with DO and without it. The numbers
 * are those of the DNS requirements.
 *
 * What comes back is told by a line for each RRset, with "+" for each of its
 * signatures, names without the apex, and the hashes of NSEC3 owners by the
 * names that they are of:
 *
 *	aa NXDOMAIN
 *	authority @ SOA+
 *	authority www NSEC+
 */
#include "services/dns/dns_answer.h"

#include "message_text.h"
#include "proof_zones.h"
#include "zone_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The zone signed in three ways; and by NSEC beside two zones below its cuts.
 */
enum variant { NSEC, NSEC3, OPT_OUT, NESTED, VARIANTS };

enum { HASHES = 64, LINE = 1024 };

/* A zone, and whose hashes its NSEC3 owners are. */
static struct {
	const struct dns_catalog *catalog;
	struct {
		char hash[DNS_NSEC3_LABEL + 1];
		char name[DNS_NAME_TEXT_MAX];
	} hashes[HASHES];
	size_t hash_count;
} zones[VARIANTS];

static struct digest *digest;
static uint8_t reply[DNS_TCP_MAX];
static size_t reply_len;

/* ------------------------------------------------------------- the replies */

/* NAME without the apex, or what it is a hash of. */
static void
shorten(enum variant variant, char *name)
{
	size_t len = strlen(name);

	if (strcmp(name, "example.") == 0) {
		strcpy(name, "@");
	} else if (len > 9 && strcmp(name + len - 9, ".example.") == 0) {
		name[len - 9] = '\0';
		for (size_t i = 0; i < zones[variant].hash_count; i++)
			if (strcmp(zones[variant].hashes[i].hash, name) == 0)
				strcpy(name, zones[variant].hashes[i].name);
	}
}

/* One line of message_text: appended to OUT, or, for a signature, a plus behind
 * the set that it covers, of whose LAST line it knows. */
static void
add_line(enum variant variant, const char *line, char *out, char *last)
{
	char section[16], owner[DNS_NAME_TEXT_MAX], type[16], covered[16];
	unsigned ttl;
	char text[LINE];

	if (sscanf(line, "%15s %1023s %u %15s %15s", section, owner, &ttl, type,
	        covered) < 4)
		return;
	shorten(variant, owner);
	bool is_signature = strcmp(type, "RRSIG") == 0;

	snprintf(text, sizeof(text), "%s %.500s %s", section, owner,
	    is_signature ? covered : type);
	if (is_signature && strcmp(text, last) == 0) {
		strcpy(out + strlen(out) - 1, "+\n");
		return;
	}
	if (!is_signature && strcmp(text, last) == 0)
		return;
	strcpy(last, is_signature ? "" : text);
	sprintf(out + strlen(out), "%s %s %s%s%s\n", section, owner,
	    is_signature ? "RRSIG(" : "", is_signature ? covered : type,
	    is_signature ? ")" : "");
}

static const char *
summary(enum variant variant, const char *text)
{
	static char out[8192];
	char line[LINE], last[LINE] = "";

	out[0] = '\0';
	for (const char *at = text, *end; *at != '\0'; at = end + 1) {
		end = strchr(at, '\n');
		if (at == text) /* the flags, of which QR goes without saying */
			sprintf(out, "%.*s\n", (int)(end - at - 3), at + 3);
		if (at == text || *at == '?' || strncmp(at, "opt", 3) == 0)
			continue;
		snprintf(line, sizeof(line), "%.*s", (int)(end - at), at);
		add_line(variant, line, out, last);
	}
	return out;
}

static void
put_owner(char *out, size_t size, const char *name)
{
	snprintf(out, size, "%s%s", strcmp(name, "@") == 0 ? "" : name,
	    strcmp(name, "@") == 0 ? "example" : ".example");
}

struct asked {
	enum variant variant;
	const char *name;
	uint16_t qtype;
	bool is_dnssec_ok;
	uint16_t size; /* 0: by TCP */
};

static const char *
ask(const struct asked *asked)
{
	static char text[MESSAGE_TEXT_MAX];
	uint8_t query[600] = {0x12, 0x34, 0, 0x10, 0, 1, 0, 0, 0, 0, 0, 1};
	char name[DNS_NAME_TEXT_MAX];
	const struct addr peer = {0};
	struct dns_context context = {
	    .catalog = zones[asked->variant].catalog,
	    .peer = &peer,
	    .transport = asked->size == 0 ? TRANSPORT_TCP : TRANSPORT_UDP,
	    .digest = digest,
	};

	put_owner(name, sizeof(name), asked->name);
	size_t len = DNS_HEADER_SIZE + dns_name_parse(name, query + 12);
	bytes_put16be(query + len, asked->qtype);
	query[len + 3] = DNS_CLASS_IN;
	query[len + 4 + 2] = DNS_TYPE_OPT;
	bytes_put16be(query + len + 4 + 3, asked->size);
	query[len + 4 + 7] = asked->is_dnssec_ok ? 0x80 : 0;
	struct dns_answer answer =
	    dns_answer(&context, (struct span){query, len + 4 + 11},
	        (struct space){
	            reply, asked->size == 0 ? DNS_TCP_MAX : DNS_UDP_MAX});

	reply_len = answer.len;
	assert_true(asked->size == 0 || reply_len <= asked->size);
	return summary(asked->variant, message_text(reply, answer.len, text));
}

static void
expect(
    enum variant variant, const char *name, uint16_t qtype, const char *wanted)
{
	struct asked asked = {variant, name, qtype, true, 0};

	assert_string_equal(ask(&asked), wanted);
}

static void
expect_plain(
    enum variant variant, const char *name, uint16_t qtype, const char *wanted)
{
	struct asked asked = {variant, name, qtype, false, 0};

	assert_string_equal(ask(&asked), wanted);
}

/* --------------------------------------------------------------- the proofs */

/* Each set of ANSWER and ADDITIONAL has its own, glue has none. */
static void
dns_60_rfc_4035_3_1_1_signatures(void **state)
{
	(void)state;
	expect(NSEC, "www", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer www A+\n");
	expect(NSEC, "@", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "answer @ MX+\n"
	    "additional mail A+\n");
	expect(NSEC, "@", DNS_TYPE_DNSKEY,
	    "aa NOERROR\n"
	    "answer @ DNSKEY+\n");
	expect(NSEC3, "@", DNS_TYPE_NSEC3PARAM,
	    "aa NOERROR\n"
	    "answer @ NSEC3PARAM+\n");
	expect(NSEC, "alias", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer alias CNAME+\n"
	    "answer www A+\n");
}

static void
dns_60_rfc_4035_3_1_1_without_do(void **state)
{
	(void)state;
	expect_plain(NSEC, "www", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer www A\n");
	expect_plain(NSEC, "@", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "answer @ MX\n"
	    "additional mail A\n");
	expect_plain(NSEC, "nope", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA\n");
	expect_plain(NSEC3, "nope", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA\n");
	expect_plain(NSEC, "a.wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer a.wild A\n");
	expect_plain(NSEC, "sub", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "additional ns.sub A\n"
	    "additional ns1 A\n");
	expect_plain(NSEC, "safe", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority safe NS\n"
	    "additional ns1 A\n");
	expect_plain(NSEC3, "sub", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "additional ns.sub A\n"
	    "additional ns1 A\n");
}

/* With DO or without: who asks for signatures or NSEC gets them. */
static void
dns_60_rfc_4035_3_1_asked_by_type(void **state)
{
	(void)state;
	expect_plain(NSEC, "www", DNS_TYPE_RRSIG,
	    "aa NOERROR\n"
	    "answer www RRSIG(A)\n"
	    "answer www RRSIG(AAAA)\n"
	    "answer www RRSIG(NSEC)\n");
	expect(NSEC, "www", DNS_TYPE_RRSIG,
	    "aa NOERROR\n"
	    "answer www RRSIG(A)\n"
	    "answer www RRSIG(AAAA)\n"
	    "answer www RRSIG(NSEC)\n");
	expect(NSEC, "a.wild", DNS_TYPE_RRSIG,
	    "aa NOERROR\n"
	    "answer a.wild RRSIG(A)\n"
	    "answer a.wild RRSIG(NSEC)\n"
	    "authority *.wild NSEC+\n");
	expect_plain(NSEC, "www", DNS_TYPE_NSEC,
	    "aa NOERROR\n"
	    "answer www NSEC\n");
	expect(NSEC, "alias", DNS_TYPE_NSEC,
	    "aa NOERROR\n"
	    "answer alias NSEC+\n");
	expect(NSEC, "alias", DNS_TYPE_RRSIG,
	    "aa NOERROR\n"
	    "answer alias RRSIG(CNAME)\n"
	    "answer alias RRSIG(NSEC)\n");
	expect(NSEC, "sub", DNS_TYPE_NSEC,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "authority sub NSEC+\n"
	    "additional ns.sub A\n"
	    "additional ns1 A+\n");
	expect(NSEC, "nope", DNS_TYPE_NSEC,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority nodata NSEC+\n"
	    "authority \\$bang NSEC+\n");
	expect(NSEC, "www", DNS_TYPE_NSEC3,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority www NSEC+\n");
	expect(NSEC3, "www", DNS_TYPE_RRSIG,
	    "aa NOERROR\n"
	    "answer www RRSIG(A)\n"
	    "answer www RRSIG(AAAA)\n");
	expect(NSEC3, "www", DNS_TYPE_NSEC,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority www NSEC3+\n");
}

/* One RRset, with its signature. */
static void
dns_60_rfc_8482_4_1_any(void **state)
{
	(void)state;
	expect(NSEC, "www", DNS_TYPE_ANY,
	    "aa NOERROR\n"
	    "answer www A+\n");
	expect(NSEC3, "alias", DNS_TYPE_ANY,
	    "aa NOERROR\n"
	    "answer alias CNAME+\n");
}

static void
dns_60_rfc_4035_3_1_3_1_nodata(void **state)
{
	(void)state;
	expect(NSEC, "www", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority www NSEC+\n");
	expect(NSEC, "@", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC+\n");
	expect(NSEC, "y.ent", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority big NSEC+\n");
	expect(NSEC, "ent", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority big NSEC+\n");
	expect(NSEC, "opt", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority old NSEC+\n");
	expect(NSEC, "wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority f.*.went NSEC+\n");
}

/* The name and the wildcard at its closest encloser, by one
 * NSEC where it covers both. */
static void
dns_60_rfc_4035_3_1_3_2_name_error(void **state)
{
	(void)state;
	expect(NSEC, "nope", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority nodata NSEC+\n"
	    "authority \\$bang NSEC+\n");
	expect(NSEC, "q.nope", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority nodata NSEC+\n"
	    "authority \\$bang NSEC+\n");
	expect(NSEC, "zzz", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority WWW NSEC+\n"
	    "authority \\$bang NSEC+\n");
	expect(NSEC, "mai", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority lost NSEC+\n"
	    "authority \\$bang NSEC+\n");
	expect(NSEC, "mailx", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority mail NSEC+\n"
	    "authority \\$bang NSEC+\n");
	expect(NSEC, "\\$aaa", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC+\n"
	    "authority \\$bang NSEC+\n");
	expect(NSEC, "x.www", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority www NSEC+\n");
	expect(NSEC, "q.x.y.ent", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority x.y.ent NSEC+\n");
	expect(NSEC, "q.b.wild", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority a.b.wild NSEC+\n"
	    "authority *.wild NSEC+\n");
	expect(NSEC, "q.ent", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority big NSEC+\n");
	expect(NSEC, "x.*.wild", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority *.wild NSEC+\n");
}

static void
dns_60_rfc_4035_3_1_3_3_wildcard_answer(void **state)
{
	(void)state;
	expect(NSEC, "a.wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer a.wild A+\n"
	    "authority *.wild NSEC+\n");
	expect(NSEC, "q.r.wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer q.r.wild A+\n"
	    "authority a.b.wild NSEC+\n");
	expect(NSEC, "*.wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer *.wild A+\n");
	expect(NSEC, "x.wmx", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "answer x.wmx MX+\n"
	    "authority *.wmx NSEC+\n"
	    "additional mail A+\n");
}

static void
dns_60_rfc_4035_3_1_3_4_wildcard_nodata(void **state)
{
	(void)state;
	expect(NSEC, "a.wild", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority *.wild NSEC+\n");
	expect(NSEC, "q.r.wild", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority a.b.wild NSEC+\n"
	    "authority *.wild NSEC+\n");
	expect(NSEC, "x.went", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority f.*.went NSEC+\n"
	    "authority *.walias NSEC+\n");
	expect(NSEC, "*.went", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority *.walias NSEC+\n");
}

static void
dns_60_rfc_4035_3_1_4_referral(void **state)
{
	(void)state;
	expect(NSEC, "safe", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority safe NS\n"
	    "authority safe DS+\n"
	    "additional ns1 A+\n");
	expect(NSEC, "x.safe", DNS_TYPE_DS,
	    "NOERROR\n"
	    "authority safe NS\n"
	    "authority safe DS+\n"
	    "additional ns1 A+\n");
	expect(NSEC, "sub", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "authority sub NSEC+\n"
	    "additional ns.sub A\n"
	    "additional ns1 A+\n");
	expect(NSEC, "q.x.sub", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "authority sub NSEC+\n"
	    "additional ns.sub A\n"
	    "additional ns1 A+\n");
	expect(NSEC, "ns.sub", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "authority sub NSEC+\n"
	    "additional ns.sub A\n"
	    "additional ns1 A+\n");
	expect(NSEC, "a.opt", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority a.opt NS\n"
	    "authority a.opt NSEC+\n"
	    "additional ns1 A+\n");
}

static void
dns_17_rfc_4035_3_1_4_1_ds(void **state)
{
	(void)state;
	expect(NSEC, "safe", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "answer safe DS+\n");
	expect(NSEC, "sub", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority sub NSEC+\n");
	expect(NSEC, "@", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC+\n");
	expect(NSEC3, "safe", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "answer safe DS+\n");
	expect(NSEC3, "sub", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority sub NSEC3+\n");
	expect(NSEC3, "@", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n");
	expect(OPT_OUT, "safe", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "answer safe DS+\n");
	expect(OPT_OUT, "sub", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n");
}

/* Each link is signed; the last name decides what is
 * proven beside the wildcards on the way. */
static void
dns_24_rfc_4035_3_1_3_chains(void **state)
{
	(void)state;
	expect(NSEC, "lost", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "answer lost CNAME+\n"
	    "authority @ SOA+\n"
	    "authority nodata NSEC+\n"
	    "authority \\$bang NSEC+\n");
	expect(NSEC, "nodata", DNS_TYPE_TXT,
	    "aa NOERROR\n"
	    "answer nodata CNAME+\n"
	    "authority @ SOA+\n"
	    "authority mail NSEC+\n");
	expect(NSEC, "away", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer away CNAME+\n");
	expect(NSEC, "into", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer into CNAME+\n"
	    "authority sub NS\n"
	    "authority sub NSEC+\n"
	    "additional ns.sub A\n"
	    "additional ns1 A+\n");
	expect(NSEC, "tosafe", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer tosafe CNAME+\n"
	    "authority safe NS\n"
	    "authority safe DS+\n"
	    "additional ns1 A+\n");
	expect(NSEC, "x.walias", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer x.walias CNAME+\n"
	    "answer www A+\n"
	    "authority *.walias NSEC+\n");
	expect(NSEC, "x.walias", DNS_TYPE_TXT,
	    "aa NOERROR\n"
	    "answer x.walias CNAME+\n"
	    "authority @ SOA+\n"
	    "authority *.walias NSEC+\n"
	    "authority www NSEC+\n");
	expect(NSEC, "x.wlost", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer x.wlost CNAME+\n"
	    "answer q.wild A+\n"
	    "authority *.wlost NSEC+\n"
	    "authority a.b.wild NSEC+\n");
	expect(NSEC, "x.wlost", DNS_TYPE_TXT,
	    "aa NOERROR\n"
	    "answer x.wlost CNAME+\n"
	    "authority @ SOA+\n"
	    "authority *.wlost NSEC+\n"
	    "authority a.b.wild NSEC+\n"
	    "authority *.wild NSEC+\n");
	expect(NSEC3, "lost", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "answer lost CNAME+\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n"
	    "authority www NSEC3+\n"
	    "authority wild NSEC3+\n");
	expect(NSEC3, "x.walias", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer x.walias CNAME+\n"
	    "answer www A+\n"
	    "authority *.wlost NSEC3+\n");
	expect(NSEC3, "x.wlost", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer x.wlost CNAME+\n"
	    "answer q.wild A+\n"
	    "authority lost NSEC3+\n"
	    "authority wild NSEC3+\n");
	expect(NSEC3, "x.wlost", DNS_TYPE_TXT,
	    "aa NOERROR\n"
	    "answer x.wlost CNAME+\n"
	    "authority @ SOA+\n"
	    "authority lost NSEC3+\n"
	    "authority wild NSEC3+\n"
	    "authority *.wild NSEC3+\n");
}

/* The DNAME is signed, the CNAME that it means is not. */
static void
dns_26_rfc_6672_5_3_dname(void **state)
{
	(void)state;
	expect(NSEC, "a.old", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer old DNAME+\n"
	    "answer a.old CNAME\n"
	    "answer a.wild A+\n"
	    "authority *.wild NSEC+\n");
	expect(NSEC, "a.old", DNS_TYPE_CNAME,
	    "aa NOERROR\n"
	    "answer old DNAME+\n"
	    "answer a.old CNAME\n");
	expect(NSEC, "b.old", DNS_TYPE_TXT,
	    "aa NOERROR\n"
	    "answer old DNAME+\n"
	    "answer b.old CNAME\n"
	    "authority @ SOA+\n"
	    "authority *.wild NSEC+\n");
	expect(NSEC, "q.b.old", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "answer old DNAME+\n"
	    "answer q.b.old CNAME\n"
	    "authority @ SOA+\n"
	    "authority a.b.wild NSEC+\n"
	    "authority *.wild NSEC+\n");
	expect(NSEC, "old", DNS_TYPE_DNAME,
	    "aa NOERROR\n"
	    "answer old DNAME+\n");
	expect(NSEC, "old", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority old NSEC+\n");
	expect(NSEC3, "a.old", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer old DNAME+\n"
	    "answer a.old CNAME\n"
	    "answer a.wild A+\n"
	    "authority opt NSEC3+\n");
	expect(NSEC3, "q.b.old", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "answer old DNAME+\n"
	    "answer q.b.old CNAME\n"
	    "authority @ SOA+\n"
	    "authority b.wild NSEC3+\n"
	    "authority opt NSEC3+\n"
	    "authority wild NSEC3+\n");
}

/* The closest encloser, the next closer name, the wildcard. */
static void
dns_60_rfc_5155_7_2_2_name_error(void **state)
{
	(void)state;
	expect(NSEC3, "nope", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n"
	    "authority wild NSEC3+\n");
	expect(NSEC3, "q.nope", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n"
	    "authority wild NSEC3+\n");
	expect(NSEC3, "x.www", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority www NSEC3+\n"
	    "authority away NSEC3+\n"
	    "authority big NSEC3+\n");
	expect(NSEC3, "q.x.y.ent", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority x.y.ent NSEC3+\n"
	    "authority *.went NSEC3+\n"
	    "authority y.ent NSEC3+\n");
	expect(NSEC3, "q.b.wild", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority b.wild NSEC3+\n"
	    "authority opt NSEC3+\n"
	    "authority wild NSEC3+\n");
	expect(NSEC3, "q.ent", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority ent NSEC3+\n"
	    "authority big NSEC3+\n"
	    "authority *.wlost NSEC3+\n");
	expect(NSEC3, "x.*.wild", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority *.wild NSEC3+\n"
	    "authority *.wself NSEC3+\n"
	    "authority a.b.wild NSEC3+\n");
	expect(OPT_OUT, "nope", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n"
	    "authority *.walias NSEC3+\n"
	    "authority nodata NSEC3+\n");
	expect(OPT_OUT, "b.opt", DNS_TYPE_A,
	    "aa NXDOMAIN\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n"
	    "authority old NSEC3+\n"
	    "authority nodata NSEC3+\n");
}

static void
dns_60_rfc_5155_7_2_3_nodata(void **state)
{
	(void)state;
	expect(NSEC3, "www", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority www NSEC3+\n");
	expect(NSEC3, "ent", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority ent NSEC3+\n");
	expect(NSEC3, "opt", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority opt NSEC3+\n");
	expect(NSEC3, "wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority wild NSEC3+\n");
	expect(OPT_OUT, "opt", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n"
	    "authority old NSEC3+\n");
}

/* Opt-out: nothing matches, the closest provable encloser stands in. */
static void
dns_60_rfc_5155_7_2_4_no_ds(void **state)
{
	(void)state;
	expect(OPT_OUT, "sub", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n");
	expect(OPT_OUT, "a.opt", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority @ NSEC3+\n"
	    "authority old NSEC3+\n");
	expect(NSEC3, "a.opt", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority a.opt NSEC3+\n");
}

static void
dns_60_rfc_5155_7_2_5_wildcard_nodata(void **state)
{
	(void)state;
	expect(NSEC3, "a.wild", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority wild NSEC3+\n"
	    "authority opt NSEC3+\n"
	    "authority *.wild NSEC3+\n");
	expect(NSEC3, "q.r.wild", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority wild NSEC3+\n"
	    "authority www NSEC3+\n"
	    "authority *.wild NSEC3+\n");
	expect(NSEC3, "x.went", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority went NSEC3+\n"
	    "authority www NSEC3+\n"
	    "authority *.went NSEC3+\n");
	expect(OPT_OUT, "a.wild", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority wild NSEC3+\n"
	    "authority *.wild NSEC3+\n");
}

static void
dns_60_rfc_5155_7_2_6_wildcard_answer(void **state)
{
	(void)state;
	expect(NSEC3, "a.wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer a.wild A+\n"
	    "authority opt NSEC3+\n");
	expect(NSEC3, "q.r.wild", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "answer q.r.wild A+\n"
	    "authority www NSEC3+\n");
	expect(OPT_OUT, "x.wmx", DNS_TYPE_MX,
	    "aa NOERROR\n"
	    "answer x.wmx MX+\n"
	    "authority old NSEC3+\n"
	    "additional mail A+\n");
}

static void
dns_60_rfc_5155_7_2_7_referral(void **state)
{
	(void)state;
	expect(NSEC3, "sub", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "authority sub NSEC3+\n"
	    "additional ns.sub A\n"
	    "additional ns1 A+\n");
	expect(NSEC3, "safe", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority safe NS\n"
	    "authority safe DS+\n"
	    "additional ns1 A+\n");
	expect(NSEC3, "a.opt", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority a.opt NS\n"
	    "authority a.opt NSEC3+\n"
	    "additional ns1 A+\n");
	expect(OPT_OUT, "sub", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority sub NS\n"
	    "authority @ NSEC3+\n"
	    "additional ns.sub A\n"
	    "additional ns1 A+\n");
	expect(OPT_OUT, "q.a.opt", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority a.opt NS\n"
	    "authority @ NSEC3+\n"
	    "authority old NSEC3+\n"
	    "additional ns1 A+\n");
	expect(OPT_OUT, "safe", DNS_TYPE_A,
	    "NOERROR\n"
	    "authority safe NS\n"
	    "authority safe DS+\n"
	    "additional ns1 A+\n");
}

/* DS is the parent's, all else the child's, which is unsigned here. */
static void
dns_16_rfc_4035_3_1_4_1_parent_and_child(void **state)
{
	(void)state;
	expect(NESTED, "safe", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "answer safe DS+\n");
	expect(NESTED, "sub", DNS_TYPE_DS,
	    "aa NOERROR\n"
	    "authority @ SOA+\n"
	    "authority sub NSEC+\n");
	expect(NESTED, "safe", DNS_TYPE_SOA,
	    "aa NOERROR\n"
	    "answer safe SOA\n");
	expect(NESTED, "sub", DNS_TYPE_A,
	    "aa NOERROR\n"
	    "authority sub SOA\n");
	expect(NESTED, "x.safe", DNS_TYPE_DS,
	    "aa NXDOMAIN\n"
	    "authority safe SOA\n");
}

/* The NSEC that proves the expansion is that of the target. */
static void
dns_60_rfc_4035_3_1_3_3_alias_to_its_proof(void **state)
{
	(void)state;
	expect(NSEC, "x.wself", DNS_TYPE_NSEC,
	    "aa NOERROR\n"
	    "answer x.wself NSEC+\n"
	    "authority a.wself NSEC+\n");
	expect(NSEC, "x.wself", DNS_TYPE_TXT,
	    "aa NOERROR\n"
	    "answer x.wself CNAME+\n"
	    "answer a.wself TXT+\n"
	    "authority a.wself NSEC+\n");
	expect(NSEC3, "x.wself", DNS_TYPE_TXT,
	    "aa NOERROR\n"
	    "answer x.wself CNAME+\n"
	    "answer a.wself TXT+\n"
	    "authority tosafe NSEC3+\n");
}

/* Less room than the answer takes sets TC, and no set is split from its
 * signature. */
static void
dns_60_rfc_4035_3_1_1_truncation(void **state)
{
	(void)state;
	struct asked asked = {NSEC, "big", DNS_TYPE_TXT, true, 0};

	assert_string_equal(ask(&asked), "aa NOERROR\nanswer big TXT+\n");
	asked.size = (uint16_t)(reply_len - 1);
	assert_string_equal(ask(&asked), "aa tc NOERROR\n");
	asked = (struct asked){NSEC, "nope", DNS_TYPE_A, true, 0};
	ask(&asked);
	for (size_t size = reply_len; size-- > DNS_UDP_PLAIN_MAX;) {
		asked.size = (uint16_t)size;
		assert_memory_equal(ask(&asked), "aa tc NXDOMAIN\n", 15);
	}
}

/* What is additional loses its signatures first, then all, never with TC. */
static void
dns_60_rfc_4035_3_1_1_additional_signatures(void **state)
{
	(void)state;
	struct asked asked = {NSEC,
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa."
	    "wmx",
	    DNS_TYPE_MX, true, 0};

	ask(&asked);
	size_t whole = reply_len;

	assert_in_range(whole, DNS_UDP_PLAIN_MAX + 1, 600);
	asked.size = (uint16_t)(whole - 1);
	assert_non_null(strstr(ask(&asked), "additional mail A\n"));
	assert_memory_equal(ask(&asked), "aa NOERROR\n", 11);
}

/* The hash of a name that does not exist is that of one that does: nothing can
 * be proven, and SERVFAIL says so. (Here the chain is made to match, since no
 * such names are known.) */
static void
dns_60_rfc_5155_7_2_9_collision(void **state)
{
	(void)state;
	static const uint8_t name[] = "\4nope\7example";
	const struct dns_zone *zone = dns_catalog_zone(zones[NSEC3].catalog, 0);
	struct dns_nsec3 *chain =
	    (struct dns_nsec3 *)(uintptr_t)dns_zone_nsec3(zone, 0);
	uint8_t hash[DNS_NSEC3_HASH_SIZE];
	bool is_match;

	assert_true(dns_nsec3_hash(
	    digest, name, sizeof(name), 0, (struct span){0}, hash));
	uint32_t number =
	    dns_nsec3_find(chain, zone->proof_count, hash, &is_match);
	struct dns_nsec3 kept = chain[number];

	assert_false(is_match);
	memcpy(chain[number].hash, hash, sizeof(hash));
	expect(NSEC3, "nope", DNS_TYPE_A, "SERVFAIL\n");
	expect_plain(
	    NSEC3, "nope", DNS_TYPE_A, "aa NXDOMAIN\nauthority @ SOA\n");
	chain[number] = kept;
	/* The owner of an NSEC3 is itself no name that exists (§7.2.8). */
	char owner[] = "00000000000000000000000000000000";

	dns_base32_encode((uint8_t *)owner, kept.hash, sizeof(kept.hash));
	struct asked asked = {NSEC3, owner, DNS_TYPE_NSEC3, true, 0};

	assert_memory_equal(ask(&asked), "aa NXDOMAIN\nauthority @ SOA+\n", 29);
}

/* -------------------------------------------------------------- the zones */

/* Who the owners of NSEC3 are: all names of the zone, hashed. */
static void
hash_names(enum variant variant)
{
	const struct dns_zone *zone =
	    dns_catalog_zone(zones[variant].catalog, 0);
	struct span salt = {
	    dns_zone_at(zone, zone->nsec3_salt), zone->nsec3_salt_len};

	for (uint32_t i = 0; i < zone->node_count; i++) {
		const struct dns_node *node = dns_zone_nth(zone, i);
		uint8_t name[DNS_NAME_MAX], hash[DNS_NSEC3_HASH_SIZE];
		size_t n = zones[variant].hash_count++;

		assert_true(n < HASHES);
		memcpy(name, dns_node_name(node), node->name_len);
		memcpy(name + node->name_len, zone->name, zone->apex_len);
		assert_true(dns_nsec3_hash(digest, name,
		    (size_t)node->name_len + zone->apex_len,
		    zone->nsec3_iterations, salt, hash));
		dns_base32_encode((uint8_t *)zones[variant].hashes[n].hash,
		    hash, sizeof(hash));
		dns_name_format(name, zones[variant].hashes[n].name);
		shorten(NSEC, zones[variant].hashes[n].name);
	}
}

static void
load(enum variant variant, const char *const *lines)
{
	char *text = proof_zones_text(lines);
	const struct zone_fixture fixtures[] = {
	    {"example", text},
	    {"safe.example", "@ 60 SOA a b 1 2 3 4 5\n@ 60 NS a\n"},
	    {"sub.example", "@ 60 SOA a b 1 2 3 4 5\n@ 60 NS a\n"},
	};

	zones[variant].catalog =
	    zone_fixture_load(fixtures, variant == NESTED ? 3 : 1);
	free(text);
}

static int
load_zones(void **state)
{
	(void)state;
	digest = digest_open();
	assert_non_null(digest);
	load(NSEC, proof_zones_nsec);
	load(NSEC3, proof_zones_nsec3);
	load(OPT_OUT, proof_zones_opt_out);
	load(NESTED, proof_zones_nsec);
	hash_names(NSEC3);
	hash_names(OPT_OUT);
	return 0;
}

static int
free_zones(void **state)
{
	(void)state;
	for (unsigned i = 0; i < VARIANTS; i++)
		free((void *)(uintptr_t)zones[i].catalog);
	digest_close(digest);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_60_rfc_4035_3_1_1_signatures),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_1_without_do),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_asked_by_type),
	    cmocka_unit_test(dns_60_rfc_8482_4_1_any),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_3_1_nodata),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_3_2_name_error),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_3_3_wildcard_answer),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_3_4_wildcard_nodata),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_4_referral),
	    cmocka_unit_test(dns_17_rfc_4035_3_1_4_1_ds),
	    cmocka_unit_test(dns_24_rfc_4035_3_1_3_chains),
	    cmocka_unit_test(dns_26_rfc_6672_5_3_dname),
	    cmocka_unit_test(dns_60_rfc_5155_7_2_2_name_error),
	    cmocka_unit_test(dns_60_rfc_5155_7_2_3_nodata),
	    cmocka_unit_test(dns_60_rfc_5155_7_2_4_no_ds),
	    cmocka_unit_test(dns_60_rfc_5155_7_2_5_wildcard_nodata),
	    cmocka_unit_test(dns_60_rfc_5155_7_2_6_wildcard_answer),
	    cmocka_unit_test(dns_60_rfc_5155_7_2_7_referral),
	    cmocka_unit_test(dns_16_rfc_4035_3_1_4_1_parent_and_child),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_3_3_alias_to_its_proof),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_1_truncation),
	    cmocka_unit_test(dns_60_rfc_4035_3_1_1_additional_signatures),
	    cmocka_unit_test(dns_60_rfc_5155_7_2_9_collision),
	};
	return cmocka_run_group_tests_name(
	    "dns_proof", tests, load_zones, free_zones);
}
