<?php
// Installs the test's WordPress in French, with readable addresses.
define('WP_INSTALLING', true);
$_SERVER += ['HTTP_HOST' => '127.0.0.1', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/'];
require $argv[1] . '/wp-config.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_false');
wp_install('Association de test', 'admin', 'admin@example.invalid', true, '', 'a-long-test-pw', 'fr_FR');
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
switch_theme('twentytwentyone');
flush_rewrite_rules(false);
foreach (get_posts(['post_type' => ['post', 'page'], 'numberposts' => -1, 'post_status' => 'any']) as $post) {
    wp_delete_post($post->ID, true);
}
