/* settings_test.c — settings are read from an image of this version only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/settings.h"

static void
map_with_part(struct image *image, size_t size)
{
	struct image_writer writer;

	assert_true(image_writer_open(&writer));
	assert_true(image_writer_begin(&writer));
	assert_int_equal(image_writer_reserve(&writer, size, 8), 0);
	image_writer_end(&writer, IMAGE_PART_SETTINGS);
	assert_true(image_map(image, image_writer_seal(&writer)));
}

static void
settings_of_another_size_are_not_read(void **state)
{
	(void)state;
	static const size_t others[] = {
	    0, 100, sizeof(struct settings) - 8, sizeof(struct settings) + 8};
	struct image image;

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		map_with_part(&image, others[i]);
		assert_null(settings_of(&image));
		image_unmap(&image);
	}
	map_with_part(&image, sizeof(struct settings));
	assert_non_null(settings_of(&image));
	assert_string_equal(settings_of(&image)->file, "");
	image_unmap(&image);
}

static void
roles_have_the_names_of_their_sections(void **state)
{
	(void)state;
	assert_string_equal(settings_role_name(ROLE_HTTP), "http");
	assert_string_equal(settings_role_name(ROLE_DNS), "dns");
	assert_string_equal(settings_role_name(ROLE_TIME), "time");
	assert_string_equal(settings_role_name(ROLE_LAB), "lab");
	assert_string_equal(settings_role_name(ROLE_CHAT), "chat");
	assert_string_equal(settings_role_section(ROLE_LAB), "lab");
	assert_string_equal(settings_role_section(ROLE_CHAT), "lab");
	assert_int_equal(settings_role_home(ROLE_DNS), ROLE_DNS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(settings_of_another_size_are_not_read),
	    cmocka_unit_test(roles_have_the_names_of_their_sections),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
