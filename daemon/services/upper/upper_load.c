/* upper_load.c — libunistring → struct upper_text_table. */
#include "services/upper/upper_load.h"

#include "core/utf8.h"
#include "services/upper/upper_text.h"

#include <stdlib.h>
#include <string.h>

#include <unicase.h>

enum {
	CODE_POINTS_MAX = 8, /* of one capital: Unicode has three */
	FIRST_SURROGATE = 0xd800,
	LAST_SURROGATE = 0xdfff,
};

cfg_opt_t upper_load_options[] = {
    CFG_BOOL("unicode", cfg_false, CFGF_NONE),
    CFG_END(),
};

/* COUNT code points in UTF-8; nothing if that is longer than any capital is. */
static struct upper_text_capital
encoded(const uint32_t *code_points, size_t count)
{
	struct upper_text_capital capital = {0};
	uint8_t bytes[CODE_POINTS_MAX * UTF8_MAX];
	size_t len = 0;

	for (size_t i = 0; i < count; i++)
		len += utf8_put(bytes + len, code_points[i]);
	if (len > sizeof(capital.bytes))
		return capital;
	capital.len = (uint8_t)len;
	memcpy(capital.bytes, bytes, len);
	return capital;
}

/* What CODE_POINT becomes in no language ("") and no normal form (NULL). */
static struct upper_text_capital
capital_of(uint32_t code_point)
{
	struct upper_text_capital none = {0};
	uint32_t buffer[CODE_POINTS_MAX];
	size_t count = CODE_POINTS_MAX;

	if (code_point < 0x80 ||
	    (code_point >= FIRST_SURROGATE && code_point <= LAST_SURROGATE))
		return none;
	uint32_t *found = u32_toupper(&code_point, 1, "", NULL, buffer, &count);

	if (found != buffer) {
		free(found); /* longer than any capital is */
		return none;
	}
	if (count == 1 && found[0] == code_point)
		return none;
	return encoded(found, count);
}

/* The capitals of the letters from FIRST on. false: none of them has one. */
static bool
read_block(uint32_t first, struct upper_text_capital *capitals)
{
	bool has_any = false;

	for (uint32_t i = 0; i < UPPER_TEXT_BLOCK; i++) {
		capitals[i] = capital_of(first + i);
		has_any |= capitals[i].len > 0;
	}
	return has_any;
}

bool
upper_load_table(struct image_writer *image)
{
	struct upper_text_capital capitals[UPPER_TEXT_BLOCK];
	size_t at = image_writer_reserve(image,
	    sizeof(struct upper_text_table) + sizeof(capitals), IMAGE_ALIGN);
	uint16_t count = 1;

	if (at == SIZE_MAX)
		return false;
	for (uint32_t i = 0; i < UPPER_TEXT_BLOCKS; i++) {
		if (!read_block(i * UPPER_TEXT_BLOCK, capitals))
			continue;
		size_t place = image_writer_reserve(
		    image, sizeof(capitals), sizeof(capitals[0]));

		if (place == SIZE_MAX)
			return false;
		memcpy(
		    image_writer_at(image, place), capitals, sizeof(capitals));
		/* The image may have moved. */
		struct upper_text_table *table = image_writer_at(image, at);

		table->blocks[i] = count++;
	}
	return true;
}

void
upper_load(struct service_load *load)
{
	if (cfg_getbool(load->section, "unicode") &&
	    !upper_load_table(load->image))
		conf_error(conf_report(load->conf), conf_file(load->conf), 0,
		    "out of memory");
}
