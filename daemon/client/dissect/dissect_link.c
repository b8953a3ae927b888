/* dissect_link.c — what a packet begins with where it was captured. */
#include "client/dissect/dissect_link.h"

#include "client/dissect/dissect_arp.h"
#include "client/dissect/dissect_data.h"
#include "client/dissect/dissect_ip.h"
#include "core/bytes.h"

#include <stdio.h>

enum {
	COOKED_LEN = 16,
	COOKED2_LEN = 20,
	COOKED_ADDRESS_MAX = 8,
	LOOPBACK_LEN = 4,
};

static const struct {
	unsigned type;
	const char *name;
} types[] = {
    {0x0800, "IPv4"},
    {0x0806, "ARP"},
    {0x0842, "Wake-on-LAN"},
    {0x8100, "VLAN tag"},
    {0x86dd, "IPv6"},
    {0x8808, "flow control"},
    {0x8847, "MPLS"},
    {0x8863, "PPPoE discovery"},
    {0x8864, "PPPoE session"},
    {0x88a8, "service VLAN tag"},
    {0x88cc, "LLDP"},
    {0x88e5, "MACsec"},
    {0x88f7, "PTP"},
    {0x9000, "loop test"},
};

const char *
dissect_link_type_name(unsigned type)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].type == type)
			return types[i].name;
	return "a protocol that is not known here";
}

const char *
dissect_link_address(const struct dissect *dissect, size_t at, size_t len,
    char text[DISSECT_LINK_ADDRESS_MAX])
{
	size_t made = 0;

	text[0] = '\0';
	for (size_t i = 0; i < len && i < 20; i++)
		made += (size_t)snprintf(text + made,
		    DISSECT_LINK_ADDRESS_MAX - made, i == 0 ? "%02x" : ":%02x",
		    dissect->bytes.data[at + i]);
	return text;
}

void
dissect_link_payload(
    struct dissect *dissect, unsigned type, size_t at, size_t end)
{
	size_t used = end;

	if (type == 0x0800 || type == 0x86dd)
		used = dissect_ip(dissect, at, end);
	else if (type == 0x0806)
		used = dissect_arp(dissect, at, end);
	else
		dissect_data(dissect, at, end, "Data");
	if (used < end)
		dissect_data(dissect, used, end, "Padding");
}

/* Which way a cooked packet went. */
static const char *
direction(unsigned type)
{
	static const char *const names[] = {
	    "to this host",
	    "broadcast",
	    "multicast",
	    "to another host",
	    "from this host",
	};

	return type < sizeof(names) / sizeof(names[0]) ? names[type]
	                                               : "not known";
}

static const char *
hardware(unsigned type)
{
	switch (type) {
	case 1:
		return "Ethernet";
	case 512:
		return "PPP";
	case 768:
		return "IP tunnel";
	case 769:
		return "IPv6 tunnel";
	case 772:
		return "loopback";
	case 776:
		return "IPv6 in IPv4";
	case 778:
		return "GRE";
	case 65534:
		return "none";
	default:
		return "not known";
	}
}

/* The eight bytes of an address, of which LEN are meant. */
static void
cooked_address(struct dissect *dissect, size_t at, unsigned len)
{
	char text[DISSECT_LINK_ADDRESS_MAX];

	if (len > COOKED_ADDRESS_MAX)
		len = COOKED_ADDRESS_MAX;
	dissect_field(dissect, STYLE_NAME, at, COOKED_ADDRESS_MAX,
	    "Source address", NULL, "%s",
	    len == 0 ? "none" : dissect_link_address(dissect, at, len, text));
}

static void
protocol(struct dissect *dissect, size_t at, unsigned type)
{
	dissect_field(dissect, STYLE_TYPE, at, 2, "Protocol", "IEEE 802.3",
	    "0x%04x", type);
	dissect_means(dissect, "%s", dissect_link_type_name(type));
}

static void
hardware_type(struct dissect *dissect, size_t at)
{
	unsigned type = bytes_get16be(dissect->bytes.data + at);

	dissect_field(
	    dissect, STYLE_TYPE, at, 2, "Hardware type", NULL, "%u", type);
	dissect_means(dissect, "%s", hardware(type));
}

void
dissect_link_cooked2(struct dissect *dissect, size_t at, size_t end)
{
	const uint8_t *bytes = dissect->bytes.data + at;

	if (!dissect_data_has(
	        dissect, at, end, COOKED2_LEN, "Linux cooked capture"))
		return;
	unsigned type = bytes_get16be(bytes);

	dissect_enter(dissect, DISSECT_LAYER, at, COOKED2_LEN,
	    "Linux cooked capture v2", NULL);
	protocol(dissect, at, type);
	dissect_field(dissect, STYLE_FLAGS, at + 2, 2, "Reserved", NULL,
	    "0x%04x", (unsigned)bytes_get16be(bytes + 2));
	dissect_field(dissect, STYLE_COUNT, at + 4, 4, "Interface index", NULL,
	    "%u", bytes_get32be(bytes + 4));
	hardware_type(dissect, at + 8);
	dissect_field(dissect, STYLE_FLAGS, at + 10, 1, "Packet type", NULL,
	    "%u", bytes[10]);
	dissect_means(dissect, "%s", direction(bytes[10]));
	dissect_field(dissect, STYLE_LENGTH, at + 11, 1, "Address length", NULL,
	    "%u", bytes[11]);
	cooked_address(dissect, at + 12, bytes[11]);
	dissect_leave(dissect);
	dissect_link_payload(dissect, type, at + COOKED2_LEN, end);
}

void
dissect_link_cooked(struct dissect *dissect, size_t at, size_t end)
{
	const uint8_t *bytes = dissect->bytes.data + at;

	if (!dissect_data_has(
	        dissect, at, end, COOKED_LEN, "Linux cooked capture"))
		return;
	unsigned type = bytes_get16be(bytes + 14);
	unsigned len = bytes_get16be(bytes + 4);

	dissect_enter(dissect, DISSECT_LAYER, at, COOKED_LEN,
	    "Linux cooked capture", NULL);
	dissect_field(dissect, STYLE_FLAGS, at, 2, "Packet type", NULL, "%u",
	    (unsigned)bytes_get16be(bytes));
	dissect_means(dissect, "%s", direction(bytes_get16be(bytes)));
	hardware_type(dissect, at + 2);
	dissect_field(dissect, STYLE_LENGTH, at + 4, 2, "Address length", NULL,
	    "%u", len);
	cooked_address(dissect, at + 6, len);
	protocol(dissect, at + 14, type);
	dissect_leave(dissect);
	dissect_link_payload(dissect, type, at + COOKED_LEN, end);
}

/* AF_INET and AF_INET6 as numbered by the systems that write such files. */
static unsigned
type_of_family(uint32_t family)
{
	switch (family) {
	case 2:
		return 0x0800;
	case 10: /* Linux */
	case 24: /* NetBSD, OpenBSD */
	case 28: /* FreeBSD */
	case 30: /* macOS */
		return 0x86dd;
	default:
		return 0;
	}
}

void
dissect_link_loopback(struct dissect *dissect, size_t at, size_t end)
{
	if (!dissect_data_has(dissect, at, end, LOOPBACK_LEN, "Loopback"))
		return;
	uint32_t family = bytes_get32be(dissect->bytes.data + at);

	/* Of a host of either byte order. */
	if (family > 0xffff)
		family = __builtin_bswap32(family);
	unsigned type = type_of_family(family);

	dissect_enter(
	    dissect, DISSECT_LAYER, at, LOOPBACK_LEN, "Loopback", NULL);
	dissect_field(dissect, STYLE_TYPE, at, LOOPBACK_LEN, "Address family",
	    NULL, "%u", family);
	dissect_means(dissect, "%s", dissect_link_type_name(type));
	dissect_leave(dissect);
	dissect_link_payload(dissect, type, at + LOOPBACK_LEN, end);
}

void
dissect_link_raw(struct dissect *dissect, size_t at, size_t end)
{
	dissect_link_payload(dissect, 0x0800, at, end);
}
