package dev.lakehouse.members;

import java.time.LocalDate;
import java.util.UUID;

/**
 * A row of the source table, column by column; {@code phoneNumber}, {@code address} and {@code city} may be null.
 *
 * @param id primary key; compares as text, which for a UUID in lower case is the order of its bits
 * @param phoneNumber free form, as people write it
 * @param address street and number
 * @param country its English name
 */
public record Member(
        UUID id,
        String firstName,
        String lastName,
        String email,
        String phoneNumber,
        String address,
        String city,
        String country,
        LocalDate registrationDate) {}
