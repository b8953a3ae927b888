/* dissect_ethernet.c — an Ethernet frame (IEEE 802.3) with all its layers. */
#include "client/dissect/dissect_ethernet.h"

#include "client/dissect/dissect_data.h"
#include "client/dissect/dissect_link.h"
#include "core/bytes.h"

#include <string.h>

enum {
	ADDRESS_LEN = 6,
	HEADER_LEN = 14,
	TAG_LEN = 4,
	TAGS_MAX = 8, /* two are usual */
	LLC_LEN = 3,
	SNAP_LEN = 8,
	TYPE_MIN = 0x0600, /* below that it is a length: IEEE 802.3 §3.2.6 */
};

static const char *
kind_of_address(const uint8_t *address)
{
	static const uint8_t everybody[ADDRESS_LEN] = {
	    0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

	if (memcmp(address, everybody, ADDRESS_LEN) == 0)
		return "broadcast";
	if ((address[0] & 1) != 0)
		return "multicast";
	if ((address[0] & 2) != 0)
		return "locally administered";
	return "of its manufacturer";
}

static void
address(struct dissect *dissect, size_t at, const char *name)
{
	char text[DISSECT_LINK_ADDRESS_MAX];

	dissect_field(dissect, STYLE_NAME, at, ADDRESS_LEN, name,
	    "IEEE 802.3 §3.2", "%s",
	    dissect_link_address(dissect, at, ADDRESS_LEN, text));
	dissect_means(dissect, "%s", kind_of_address(dissect->bytes.data + at));
}

static void
type_field(struct dissect *dissect, size_t at, unsigned type)
{
	if (type < TYPE_MIN) {
		dissect_field(dissect, STYLE_LENGTH, at, 2, "Length",
		    "IEEE 802.3 §3.2.6", "%u", type);
		return;
	}
	dissect_field(dissect, STYLE_TYPE, at, 2, "Type", "IEEE 802.3 §3.2.6",
	    "0x%04x", type);
	dissect_means(dissect, "%s", dissect_link_type_name(type));
}

/* A tag behind its type: priority and VLAN, and the next type. */
static unsigned
tag(struct dissect *dissect, size_t at)
{
	unsigned control = bytes_get16be(dissect->bytes.data + at);
	unsigned type = bytes_get16be(dissect->bytes.data + at + 2);

	dissect_enter(
	    dissect, DISSECT_LAYER, at, TAG_LEN, "VLAN tag", "IEEE 802.1Q §9");
	dissect_field(dissect, STYLE_ID, at, 2, "Tag control",
	    "IEEE 802.1Q §9.6", "0x%04x", control);
	dissect_part(dissect, "PCP", NULL, "%u", control >> 13);
	dissect_means(dissect, "priority");
	dissect_part(dissect, "DEI", NULL, "%u", control >> 12 & 1);
	dissect_means(dissect, "may be dropped");
	dissect_part(dissect, "VID", NULL, "%u", control & 0xfff);
	dissect_means(dissect, "the virtual LAN");
	type_field(dissect, at + 2, type);
	dissect_leave(dissect);
	return type;
}

static bool
is_tag(unsigned type)
{
	return type == 0x8100 || type == 0x88a8 || type == 0x9100;
}

/* IEEE 802.2: what a frame with a length begins with. */
static void
logical_link(struct dissect *dissect, size_t at, size_t end)
{
	const uint8_t *bytes = dissect->bytes.data + at;

	if (!dissect_data_has(dissect, at, end, LLC_LEN, "LLC"))
		return;
	bool is_snap = end - at >= SNAP_LEN && bytes[0] == 0xaa &&
	               bytes[1] == 0xaa && bytes[2] == 3;
	size_t len = is_snap ? SNAP_LEN : LLC_LEN;

	dissect_line(
	    dissect, "LLC", "DSAP 0x%02x SSAP 0x%02x", bytes[0], bytes[1]);
	dissect_enter(dissect, DISSECT_LAYER, at, len, "LLC", "IEEE 802.2");
	dissect_field(
	    dissect, STYLE_TYPE, at, 1, "DSAP", NULL, "0x%02x", bytes[0]);
	dissect_field(
	    dissect, STYLE_TYPE, at + 1, 1, "SSAP", NULL, "0x%02x", bytes[1]);
	dissect_field(dissect, STYLE_FLAGS, at + 2, 1, "Control", NULL,
	    "0x%02x", bytes[2]);
	if (!is_snap) {
		dissect_leave(dissect);
		dissect_data(dissect, at + len, end, "Data");
		return;
	}
	unsigned type = bytes_get16be(bytes + 6);

	dissect_field(dissect, STYLE_ID, at + 3, 3, "Organization", "RFC 1042",
	    "0x%02x%02x%02x", bytes[3], bytes[4], bytes[5]);
	dissect_field(
	    dissect, STYLE_TYPE, at + 6, 2, "Type", "RFC 1042", "0x%04x", type);
	dissect_means(dissect, "%s", dissect_link_type_name(type));
	dissect_leave(dissect);
	dissect_link_payload(dissect, type, at + len, end);
}

/* What follows the header, behind its tags. */
static void
payload(struct dissect *dissect, unsigned type, size_t at, size_t end)
{
	for (unsigned i = 0; i < TAGS_MAX && is_tag(type); i++) {
		if (!dissect_data_has(dissect, at, end, TAG_LEN, "VLAN tag"))
			return;
		type = tag(dissect, at);
		at += TAG_LEN;
	}
	if (type >= TYPE_MIN) {
		dissect_link_payload(dissect, type, at, end);
		return;
	}
	/* Shorter ones are padded to 46 bytes. */
	size_t last = type < end - at ? at + type : end;

	logical_link(dissect, at, last);
	if (last < end)
		dissect_data(dissect, last, end, "Padding");
}

void
dissect_ethernet(struct dissect *dissect, size_t at, size_t end)
{
	char from[DISSECT_LINK_ADDRESS_MAX], to[DISSECT_LINK_ADDRESS_MAX];

	if (!dissect_data_has(dissect, at, end, HEADER_LEN, "Ethernet"))
		return;
	unsigned type = bytes_get16be(dissect->bytes.data + at + 12);

	dissect_ends(dissect,
	    dissect_link_address(dissect, at + ADDRESS_LEN, ADDRESS_LEN, from),
	    dissect_link_address(dissect, at, ADDRESS_LEN, to));
	dissect_line(
	    dissect, "Ethernet", "type 0x%04x, %zu bytes", type, end - at);
	dissect_enter(dissect, DISSECT_LAYER, at, HEADER_LEN, "Ethernet",
	    "IEEE 802.3 §3");
	address(dissect, at, "Destination");
	address(dissect, at + ADDRESS_LEN, "Source");
	type_field(dissect, at + 12, type);
	dissect_leave(dissect);
	payload(dissect, type, at + HEADER_LEN, end);
}
