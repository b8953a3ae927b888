/* dissect_arp.c — who has an address (RFC 826). */
#include "client/dissect/dissect_arp.h"

#include "client/dissect/dissect_data.h"
#include "client/dissect/dissect_ip.h"
#include "client/dissect/dissect_link.h"
#include "core/bytes.h"

#include <assert.h>

enum { HEADER_LEN = 8, REQUEST = 1, REPLY = 2 };

/* Addresses of either kind are written into as much. */
enum { TEXT_MAX = ADDR_TEXT_MAX };
static_assert((int)TEXT_MAX >= (int)DISSECT_LINK_ADDRESS_MAX, "both fit");

struct arp {
	size_t hardware_len, protocol_len;
	unsigned operation;
};

static const char *
operation_name(unsigned operation)
{
	static const char *const names[] = {
	    "not known",
	    "request",
	    "reply",
	    "request reverse",
	    "reply reverse",
	};

	return operation < sizeof(names) / sizeof(names[0]) ? names[operation]
	                                                    : names[0];
}

/* The fields before the addresses. */
static struct arp
header(struct dissect *dissect, size_t at)
{
	const uint8_t *bytes = dissect->bytes.data + at;
	struct arp arp = {bytes[4], bytes[5], bytes_get16be(bytes + 6)};
	unsigned hardware = bytes_get16be(bytes);
	unsigned protocol = bytes_get16be(bytes + 2);

	dissect_field(dissect, STYLE_TYPE, at, 2, "Hardware type", "RFC 826",
	    "%u", hardware);
	dissect_means(
	    dissect, "%s", hardware == 1 ? "Ethernet" : "not Ethernet");
	dissect_field(dissect, STYLE_TYPE, at + 2, 2, "Protocol type",
	    "RFC 826", "0x%04x", protocol);
	dissect_means(dissect, "%s", dissect_link_type_name(protocol));
	dissect_field(dissect, STYLE_LENGTH, at + 4, 1, "Hardware length",
	    "RFC 826", "%zu", arp.hardware_len);
	dissect_field(dissect, STYLE_LENGTH, at + 5, 1, "Protocol length",
	    "RFC 826", "%zu", arp.protocol_len);
	dissect_field(dissect, STYLE_FLAGS, at + 6, 2, "Operation", "RFC 826",
	    "%u", arp.operation);
	dissect_means(dissect, "%s", operation_name(arp.operation));
	return arp;
}

static void
hardware_field(struct dissect *dissect, size_t at, size_t len, const char *name,
    char text[TEXT_MAX])
{
	dissect_field(dissect, STYLE_NAME, at, len, name, "RFC 826", "%s",
	    dissect_link_address(dissect, at, len, text));
}

static void
protocol_field(struct dissect *dissect, size_t at, size_t len, const char *name,
    char text[TEXT_MAX])
{
	if (len == 4)
		dissect_ip_address(dissect, at, len, text);
	else
		dissect_link_address(dissect, at, len, text);
	dissect_field(
	    dissect, STYLE_NAME, at, len, name, "RFC 826", "%s", text);
}

static void
addresses(struct dissect *dissect, const struct arp *arp, size_t at)
{
	char sender[TEXT_MAX], sender_ip[TEXT_MAX], target[TEXT_MAX],
	    target_ip[TEXT_MAX];
	size_t hardware = arp->hardware_len, protocol = arp->protocol_len;

	hardware_field(dissect, at, hardware, "Sender's hardware", sender);
	at += hardware;
	protocol_field(dissect, at, protocol, "Sender's protocol", sender_ip);
	at += protocol;
	hardware_field(dissect, at, hardware, "Target's hardware", target);
	at += hardware;
	protocol_field(dissect, at, protocol, "Target's protocol", target_ip);
	if (arp->operation == REQUEST)
		dissect_line(dissect, "ARP", "who has %s? tell %s", target_ip,
		    sender_ip);
	else if (arp->operation == REPLY)
		dissect_line(dissect, "ARP", "%s is at %s", sender_ip, sender);
	else
		dissect_line(dissect, "ARP", "%s, operation %u",
		    operation_name(arp->operation), arp->operation);
}

size_t
dissect_arp(struct dissect *dissect, size_t at, size_t end)
{
	if (!dissect_data_has(dissect, at, end, HEADER_LEN, "ARP"))
		return end;
	const uint8_t *bytes = dissect->bytes.data + at;
	size_t len = HEADER_LEN + 2 * ((size_t)bytes[4] + bytes[5]);

	if (!dissect_data_has(dissect, at, end, len, "ARP"))
		return end;
	dissect_enter(dissect, DISSECT_LAYER, at, len, "ARP", "RFC 826");
	struct arp arp = header(dissect, at);

	addresses(dissect, &arp, at + HEADER_LEN);
	dissect_leave(dissect);
	return at + len;
}
