package dev.lakehouse.sample.members;

import java.time.LocalDate;

/**
 * A row of the source table, column by column; {@code phoneNumber}, {@code address} and {@code city} may be null.
 *
 * @param memberId primary key, a UUID in lower case
 * @param phoneNumber free form
 * @param address street and number
 * @param country its English name
 */
public record Member(
        String memberId,
        String firstName,
        String lastName,
        String email,
        String phoneNumber,
        String address,
        String city,
        String country,
        LocalDate registrationDate) {}
